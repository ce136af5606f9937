package io.benchtop.service.table;

import java.io.IOException;
import java.util.List;

/** Port: a way to keep a table in a file. */
public interface TableFormat {

    /**
     * The columns of a file; of a format that does not say them, by a look at all of it.
     *
     * @throws io.benchtop.service.problem.ProblemException {@code UNREADABLE_FILE}, with the file and the place in it
     */
    List<Column> columns(ReadableFile file) throws IOException;

    /**
     * The rows of a file as values of these columns. One that the file does not have is null in every row; a value is made one of
     * its column's type where {@link ColumnType#widest} allows it.
     */
    Rows open(ReadableFile file, List<Column> columns) throws IOException;
}
