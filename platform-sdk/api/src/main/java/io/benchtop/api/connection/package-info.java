/** Where data of others is kept: stores and databases, with the secret that the service alone knows. */
@NullMarked
package io.benchtop.api.connection;

import org.jspecify.annotations.NullMarked;
