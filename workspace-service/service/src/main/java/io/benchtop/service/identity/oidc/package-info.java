/** People whom an OpenID Connect provider vouches for: authorization code flow with PKCE. */
@NullMarked
package io.benchtop.service.identity.oidc;

import org.jspecify.annotations.NullMarked;
