package io.benchtop.service.wiring;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** A database made ready for the repositories, the same way in the service and in their tests. */
public final class Databases {

    /**
     * Upper-case folding off and nulls ordered as PostgreSQL does, so that one SQL text means the same on both. Each commit
     * is written before it is acknowledged: a service that is killed loses nothing (F24).
     */
    public static final String H2_OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";

    private Databases() {}

    /** Brings the tables up to date and opens Jdbi. */
    public static Jdbi open(DataSource dataSource) {
        return open(dataSource, dataSource::getConnection);
    }

    /** @param connections those of the data source, through a gate; migrations have them as they are */
    static Jdbi open(DataSource dataSource, ConnectionFactory connections) {
        Flyway.configure().dataSource(dataSource).load().migrate();
        return Jdbi.create(connections)
                .registerArrayType(String.class, "varchar")
                .registerArgument(new InstantArgument())
                .registerColumnMapper(Instant.class, (row, column, _) -> {
                    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
                    return value == null ? null : value.toInstant();
                });
    }

    /** Instants go over as UTC, in the microseconds both databases keep, and never by the machine's time zone. */
    private static final class InstantArgument extends AbstractArgumentFactory<Instant> {

        InstantArgument() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            OffsetDateTime utc = value.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
            return (position, statement, _) -> statement.setObject(position, utc);
        }
    }
}
