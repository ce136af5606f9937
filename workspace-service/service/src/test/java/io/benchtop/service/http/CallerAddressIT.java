package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.routing.ProxyProof;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingService;
import io.benchtop.service.audit.AuditHistory;
import io.benchtop.service.audit.AuditQuery;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** S15: who may say where a request comes from. */
class CallerAddressIT {

    private static final String PROOF = ProxyProof.of(TestingService.INTERNAL_KEY);

    @TempDir
    static Path data;

    private static TestingService service;

    @BeforeAll
    static void start() {
        service = TestingService.start(data);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void s15TheProxyIsBelievedAboutWhereARequestComesFrom() {
        assertThat(addressInTheAuditLog(service.anonymous().from("203.0.113.9")))
                .isEqualTo("203.0.113.9");
        assertThat(addressInTheAuditLog(service.anonymous().from("2001:db8::7")))
                .isEqualTo("2001:db8::7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", TestingService.INTERNAL_KEY, "Internal " + TestingService.INTERNAL_KEY})
    void s15NobodyElseIsBelieved(String proof) {
        // Given
        TestingClient liar =
                service.anonymous().with("X-Forwarded-For", "203.0.113.9").with(ProxyProof.HEADER, proof);

        // When / Then
        assertThat(addressInTheAuditLog(liar)).isEqualTo("127.0.0.1");
        assertThat(addressInTheAuditLog(liar.without(ProxyProof.HEADER))).isEqualTo("127.0.0.1");
        assertThat(addressInTheAuditLog(liar.without(ProxyProof.HEADER).with("X_Benchtop_Proxy", PROOF)))
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.1, 203.0.113.9", "evil.example", "=cmd()", "203.0.113.9/24"})
    void s15WhatIsNoAddressReachesNoLog(String address) {
        assertThat(addressInTheAuditLog(service.anonymous().from(address))).isEqualTo("127.0.0.1");
    }

    private static String addressInTheAuditLog(TestingClient client) {
        assertThat(client.with("Authorization", "Bearer bt_x").get("/api/v1/me").statusCode())
                .isEqualTo(401);
        return service.bean(AuditHistory.class)
                .newestFirst(new AuditQuery(null, 1, null, null))
                .getFirst()
                .event()
                .address();
    }
}
