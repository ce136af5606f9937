/** Registered models: names, versions that never change, the check before one is published, who may use and approve them. */
@NullMarked
package io.benchtop.service.model;

import org.jspecify.annotations.NullMarked;
