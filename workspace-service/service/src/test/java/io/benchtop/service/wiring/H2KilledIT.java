package io.benchtop.service.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.benchtop.service.audit.AuditHistory;
import io.benchtop.service.audit.AuditVerification;
import io.benchtop.service.audit.jdbc.JdbiAuditHistory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F24: the embedded database survives kill -9 under load. {@code -Dbenchtop.kills=200} for the full count. */
class H2KilledIT {

    private static final int KILLS = Integer.getInteger("benchtop.kills", 3);

    @TempDir
    Path data;

    @Test
    void f24NoCommittedRowIsLost() throws Exception {
        long committed = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            // When
            committed += writeUntilKilled(100 + 37 * kill);

            // Then
            committed = assertWhole(committed);
        }
    }

    private long writeUntilKilled(int rows) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AuditWriter.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long committed = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                committed += line.equals("committed") ? 1 : 0;
                if (committed == rows) {
                    // By its handle: Process itself would close the stream that still holds lines.
                    writer.toHandle().destroyForcibly();
                }
            }
        }
        writer.waitFor();
        assertThat(committed).as("the writer ran until it was killed").isGreaterThanOrEqualTo(rows);
        return committed;
    }

    /** How many rows there are now: those said to be committed, and perhaps one that could not be said any more. */
    private long assertWhole(long committed) {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(DatabaseFactory.h2Url(data));
            pool.setUsername("benchtop");
            AuditHistory history = new JdbiAuditHistory(Databases.open(pool));
            assertThat(new AuditVerification(history).firstBroken()).isEmpty();
            long rows = history.after(committed, 10).size() + countUpTo(history, committed);
            assertThat(rows).isBetween(committed, committed + 1);
            return rows;
        }
    }

    private static long countUpTo(AuditHistory history, long committed) {
        return history.after(0, (int) committed).stream()
                .filter(row -> row.id() <= committed)
                .count();
    }
}
