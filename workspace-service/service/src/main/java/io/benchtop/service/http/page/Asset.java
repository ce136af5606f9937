package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

/** A file that pages load: where it comes from on the class path, and under which type it is served. */
record Asset(String name, String resource, String type) {

    Asset {
        requireNonNull(name, "name is null");
        requireNonNull(resource, "resource is null");
        requireNonNull(type, "type is null");
    }
}
