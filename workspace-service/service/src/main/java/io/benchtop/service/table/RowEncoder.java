package io.benchtop.service.table;

import java.io.InputStream;

/** Port: rows as bytes for another program. */
@FunctionalInterface
public interface RowEncoder {

    /** The encoded rows, made as they are read; closing the stream closes the rows. */
    InputStream encode(Rows rows);
}
