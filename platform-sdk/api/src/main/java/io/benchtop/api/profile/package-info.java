/** What a person can pick for a workspace. */
@NullMarked
package io.benchtop.api.profile;

import org.jspecify.annotations.NullMarked;
