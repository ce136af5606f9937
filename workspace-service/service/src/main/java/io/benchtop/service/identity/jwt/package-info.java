/** Session cookies and workspace tokens as signed JSON Web Tokens. */
@NullMarked
package io.benchtop.service.identity.jwt;

import org.jspecify.annotations.NullMarked;
