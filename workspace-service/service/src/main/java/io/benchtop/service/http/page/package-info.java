/**
 * The dashboard: pages rendered on the server, which work as plain forms and links and are made livelier by a little
 * script. A page is a record with everything that its template shows; the templates of {@code src/main/jte} are compiled
 * into this package, so a template that does not fit its record does not build.
 */
@NullMarked
package io.benchtop.service.http.page;

import org.jspecify.annotations.NullMarked;
