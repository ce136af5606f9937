/**
 * The words of the REST interface, one package per feature: what service, SDK and command line exchange under {@code /api/v1}.
 *
 * <p>Plain records of the JDK, so that Micronaut Serde in the service and gson in the clients read and write the same JSON
 * without an annotation of either. Conventions:
 *
 * <ul>
 *   <li>Property names are the component names, in camelCase.
 *   <li>An instant is an ISO-8601 string in UTC ({@code 2026-01-31T09:30:00Z}), a duration an ISO-8601 string
 *       ({@code PT2H}, {@code P30D}), an amount of memory a number of bytes.
 *   <li>A missing property and {@code null} mean the same; a missing list is an empty one.
 *   <li>An answer is checked by its constructor. A request is not: the service checks it, in order to name every wrong field at
 *       once, so all its components may be null.
 *   <li>A record that holds a secret leaves it out of {@code toString}.
 * </ul>
 */
@NullMarked
package io.benchtop.api;

import org.jspecify.annotations.NullMarked;
