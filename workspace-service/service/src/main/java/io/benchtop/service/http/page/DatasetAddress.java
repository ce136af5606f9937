package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.dataset.FilePath;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where the pages of a dataset are. */
record DatasetAddress(DatasetName name) {

    DatasetAddress {
        requireNonNull(name, "name is null");
    }

    static DatasetAddress of(String space, String name) {
        return new DatasetAddress(DatasetName.existing(space, name));
    }

    String page() {
        return "/datasets/" + name;
    }

    String version(long number) {
        return page() + "?version=" + number;
    }

    /** What the script asks that uploads. */
    String uploads() {
        return "/api/v1/datasets/" + name + "/uploads";
    }

    String download(long version, FilePath path) {
        return page() + "/files/download" + asking(version, path);
    }

    String image(long version, FilePath path) {
        return page() + "/files/image" + asking(version, path);
    }

    private static String asking(long version, FilePath path) {
        return "?version=" + version + "&path=" + URLEncoder.encode(path.value(), StandardCharsets.UTF_8);
    }
}
