package io.benchtop.service.connection;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.table.Column;
import io.benchtop.service.table.RowFilter;
import io.benchtop.service.table.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: tables of a database, read only. Errors as {@link FileSource} has them; a table that is not there, or that the connection's
 * user may not read, is {@code CONNECTION_FAILED} and says which.
 */
public interface TableSource {

    /** Signs in and asks for nothing. */
    void test();

    /** The columns of a table or a query, without reading rows. */
    List<Column> columns(Relation relation);

    /**
     * Rows as they come, in a read-only transaction that closing ends, in the middle too.
     *
     * @param columns some of the relation's
     * @param filter over the relation's columns, compiled to bind variables
     */
    Rows rows(Relation relation, List<Column> columns, RowFilter filter);

    /** What is read of a database. */
    sealed interface Relation {

        /** @param schema null for the database's usual one */
        record Table(@Nullable String schema, String table) implements Relation {
            public Table {
                requireNonNull(table, "table is null");
            }
        }

        /** @param text one statement that only reads */
        record Query(String text) implements Relation {
            public Query {
                requireNonNull(text, "text is null");
            }
        }
    }
}
