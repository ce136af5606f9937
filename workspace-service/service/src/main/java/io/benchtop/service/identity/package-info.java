/** Who somebody is: users, roles, sessions and tokens. */
@NullMarked
package io.benchtop.service.identity;

import org.jspecify.annotations.NullMarked;
