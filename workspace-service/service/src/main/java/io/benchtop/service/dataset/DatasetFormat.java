package io.benchtop.service.dataset;

import java.util.Locale;
import java.util.Optional;

/** What the files of a version are, told by the ends of their names. */
public enum DatasetFormat {
    PARQUET,
    CSV,
    JSONL,
    ARROW,
    IMAGES,
    /** Any others, which nobody looks into. */
    FILES,
    /** No files: rows of a database. */
    TABLE;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DatasetFormat> find(String code) {
        for (DatasetFormat each : values()) {
            if (each.code().equals(code)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Of the file of this name. */
    static DatasetFormat of(FilePath file) {
        String name = file.names().getLast().toLowerCase(Locale.ROOT);
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "parquet" -> PARQUET;
            case "csv", "tsv" -> CSV;
            case "jsonl", "ndjson" -> JSONL;
            case "arrow", "feather" -> ARROW;
            case "png", "jpg", "jpeg", "gif", "webp" -> IMAGES;
            default -> FILES;
        };
    }

    /** Whether it has rows and columns. */
    public boolean isTable() {
        return this != IMAGES && this != FILES;
    }

    /** Whether its rows lie in files. */
    boolean isTableFile() {
        return isTable() && this != TABLE;
    }
}
