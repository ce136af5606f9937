/** Who somebody is: the signed-in person, accounts, API tokens and sign-in. */
@NullMarked
package io.benchtop.api.identity;

import org.jspecify.annotations.NullMarked;
