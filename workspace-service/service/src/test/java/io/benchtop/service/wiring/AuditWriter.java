package io.benchtop.service.wiring;

import com.zaxxer.hikari.HikariDataSource;
import io.benchtop.service.audit.AuditLog;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.jdbc.JdbiAuditLog;
import java.nio.file.Path;
import java.time.Clock;

/** A process that writes audit rows without end and says each that is committed; {@link H2KilledIT} kills it. */
final class AuditWriter {

    private AuditWriter() {}

    public static void main(String[] arguments) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(DatabaseFactory.h2Url(Path.of(arguments[0])));
        pool.setUsername("benchtop");
        AuditLog log = new JdbiAuditLog(Databases.open(pool));
        AuditTrail trail = new AuditTrail(log, Clock.systemUTC());
        for (long i = 0; ; i++) {
            trail.done("writer", "", "test", "object/" + i, "x".repeat(200));
            System.out.println("committed");
        }
    }
}
