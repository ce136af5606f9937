package io.benchtop.service.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditCsvTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "=cmd()|'=cmd()",
                "+1|'+1",
                "-1|'-1",
                "@x|'@x",
                "plain|plain",
                "a,b|\"a,b\"",
                "say \"hi\"|\"say \"\"hi\"\"\"",
                "=HYPERLINK(\"http://x\",\"y\")|\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""
            })
    void s46NoCellIsAFormula(String detail, String cell) {
        assertThat(AuditCsv.line(row(detail)))
                .isEqualTo("1,2026-11-21T06:00:00Z,alice,192.0.2.7,token.create,token/1,ok," + cell + ",h\r\n");
    }

    @Test
    void anEventIsOneLineOfBoundedLength() {
        // When
        AuditEvent event = row("a\r\nb\u001b[31m" + "x".repeat(5_000)).event();

        // Then
        assertThat(event.detail()).startsWith("a  b [31mx").hasSize(1000);
    }

    private static AuditRow row(String detail) {
        AuditEvent event = new AuditEvent(
                Instant.parse("2026-11-21T06:00:00Z"), "alice", "192.0.2.7", "token.create", "token/1", "ok", detail);
        return new AuditRow(1, event, AuditChain.GENESIS, "h");
    }
}
