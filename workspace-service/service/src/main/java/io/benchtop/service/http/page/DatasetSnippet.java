package io.benchtop.service.http.page;

import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.dataset.DatasetVersion;
import org.jspecify.annotations.Nullable;

/** What to paste into a notebook. Names of datasets hold nothing that a program would take for something else. */
record DatasetSnippet(String python, String java) {

    /** @param version null for whichever is the newest */
    static DatasetSnippet reading(DatasetName name, DatasetVersion shown, @Nullable Long version) {
        boolean table = shown.format().isTable();
        return new DatasetSnippet(
                "import benchtop as bt\n\ndata = bt.dataset(\"" + name + "\""
                        + (version == null ? "" : ", version=" + version) + ")\n"
                        + (table ? "data.to_pandas()" : "data.download(\"" + name.name() + "\")"),
                "import io.benchtop.sdk.Benchtop;\n\nvar data = Benchtop.dataset(\"" + name + "\")"
                        + (version == null ? "" : ".version(" + version + ")") + ";\n"
                        + (table
                                ? "data.rows().limit(10).forEach(System.out::println);"
                                : "data.download(java.nio.file.Path.of(\"" + name.name() + "\"));"));
    }

    static DatasetSnippet writing(DatasetName name) {
        return new DatasetSnippet(
                "import benchtop as bt\n\nbt.save_dataset(\"" + name + "\", frame, note=\"the first\")",
                "import io.benchtop.sdk.Benchtop;\n\ntry (var writer = Benchtop.writeDataset(\"" + name
                        + "\", \"the first\")) {\n    writer.rows(records);\n    writer.done();\n}");
    }
}
