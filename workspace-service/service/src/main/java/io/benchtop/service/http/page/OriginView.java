package io.benchtop.service.http.page;

import org.jspecify.annotations.Nullable;

/** Which run and which workspace made a version or read one; each null where there is none. */
record OriginView(@Nullable Place run, @Nullable Place workspace) {

    /** @param address null where the caller may not look at it or it is gone */
    record Place(String name, @Nullable String address) {}
}
