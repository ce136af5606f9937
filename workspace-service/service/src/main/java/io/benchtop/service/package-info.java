/** The workspace service. */
@NullMarked
package io.benchtop.service;

import org.jspecify.annotations.NullMarked;
