/** What every adapter for Kubernetes needs, whatever it makes there: a client, a watch that does not freeze, words. */
@NullMarked
package io.benchtop.service.kubernetes;

import org.jspecify.annotations.NullMarked;
