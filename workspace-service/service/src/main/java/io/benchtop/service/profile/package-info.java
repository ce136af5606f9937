/** What a person can pick for a workspace. */
@NullMarked
package io.benchtop.service.profile;

import org.jspecify.annotations.NullMarked;
