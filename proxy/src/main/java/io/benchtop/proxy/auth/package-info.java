/** Who is asking and may they: session cookies, API tokens, Host and Origin rules, the identity header for a server. */
@NullMarked
package io.benchtop.proxy.auth;

import org.jspecify.annotations.NullMarked;
