/** Passwords hashed with bcrypt. */
@NullMarked
package io.benchtop.service.identity.bcrypt;

import org.jspecify.annotations.NullMarked;
