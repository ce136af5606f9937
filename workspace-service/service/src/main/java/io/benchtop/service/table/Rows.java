package io.benchtop.service.table;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table, one after another, held one at a time. For one thread; whoever opened them closes them.
 *
 * <p>What cannot be read as a table is a {@code ProblemException} that says where; {@link IOException} is a source's or a disk's.
 */
public interface Rows extends AutoCloseable {

    List<Column> columns();

    /** Goes on to the next row; false after the last. */
    boolean next() throws IOException;

    /** A value of the row at hand, of the class that its column's type names. */
    @Nullable
    Object value(int column);

    @Override
    void close() throws IOException;
}
