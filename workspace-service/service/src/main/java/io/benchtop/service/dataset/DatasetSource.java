package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Where the data of a dataset is. */
public sealed interface DatasetSource {

    /** The word on the wire. */
    String kind();

    /** Files that people and notebooks hand over, kept by Benchtop. */
    record Managed() implements DatasetSource {
        @Override
        public String kind() {
            return "managed";
        }
    }

    /** Data outside, which Benchtop only reads, through a connection. */
    sealed interface Outside extends DatasetSource {

        String connection();
    }

    /**
     * Files outside.
     *
     * @param path a file or a folder below the connection's root; empty for all
     */
    record Files(String connection, String path) implements Outside {
        public Files {
            requireNonNull(connection, "connection is null");
            requireNonNull(path, "path is null");
        }

        @Override
        public String kind() {
            return "files";
        }
    }

    /** @param schema null for the database's usual one */
    record Table(String connection, @Nullable String schema, String table) implements Outside {
        public Table {
            requireNonNull(connection, "connection is null");
            requireNonNull(table, "table is null");
        }

        @Override
        public String kind() {
            return "table";
        }
    }

    /** What one statement gives. */
    record Query(String connection, String query) implements Outside {
        public Query {
            requireNonNull(connection, "connection is null");
            requireNonNull(query, "query is null");
        }

        @Override
        public String kind() {
            return "query";
        }
    }
}
