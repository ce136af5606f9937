/** Who the person is: sign-in, sign-out, API tokens. */
@NullMarked
package io.benchtop.cli.account;

import org.jspecify.annotations.NullMarked;
