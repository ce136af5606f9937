package io.benchtop.service.connection.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads one value of the row at hand. */
@FunctionalInterface
interface ValueReader {

    @Nullable
    Object read(ResultSet rows, int place) throws SQLException;
}
