package io.benchtop.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ConnectionLimitTest {

    private static final InetAddress ALICE = InetAddress.ofLiteral("203.0.113.1");
    private static final InetAddress BOB = InetAddress.ofLiteral("203.0.113.2");

    private final ConnectionLimit limit = new ConnectionLimit(2);

    @Test
    void anAddressHasItsShareAndNoMore() {
        assertThat(limit.enter(ALICE)).isTrue();
        assertThat(limit.enter(ALICE)).isTrue();
        assertThat(limit.enter(ALICE)).isFalse();
        assertThat(limit.enter(BOB)).isTrue();
    }

    @Test
    void whoLeavesMakesRoom() {
        // Given
        limit.enter(ALICE);
        limit.enter(ALICE);

        // When
        limit.leave(ALICE);

        // Then
        assertThat(limit.enter(ALICE)).isTrue();
        assertThat(limit.enter(ALICE)).isFalse();
    }

    @Test
    void oneMachineWithManyIpv6AddressesIsOneClient() {
        assertThat(limit.enter(InetAddress.ofLiteral("2001:db8:1:2::1"))).isTrue();
        assertThat(limit.enter(InetAddress.ofLiteral("2001:db8:1:2:ffff::9"))).isTrue();
        assertThat(limit.enter(InetAddress.ofLiteral("2001:db8:1:2::3"))).isFalse();
        assertThat(limit.enter(InetAddress.ofLiteral("2001:db8:1:3::1"))).isTrue();
    }
}
