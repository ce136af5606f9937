package io.benchtop.proxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedPeersTest {

    private final TrustedPeers peers = TrustedPeers.of(Set.of("10.1.0.0/16", "192.0.2.7", "fd00::/8"));

    @ParameterizedTest
    @CsvSource({
        "10.1.255.255, true",
        "10.2.0.0, false",
        "192.0.2.7, true",
        "192.0.2.6, false",
        "fdab::1, true",
        "fe00::1, false",
        "::ffff:10.1.0.1, true",
        "127.0.0.1, false"
    })
    void aNetworkHoldsWhatBeginsAsItDoes(String address, boolean trusted) {
        assertThat(peers.trusts(InetAddress.ofLiteral(address))).isEqualTo(trusted);
    }

    @ParameterizedTest
    @CsvSource({
        "'203.0.113.9', 203.0.113.9",
        "'198.51.100.1, 203.0.113.9', 203.0.113.9",
        "'198.51.100.1, 203.0.113.9 , 10.1.2.3', 203.0.113.9",
        "'2001:db8::7', 2001:db8::7",
        "'10.1.9.9, 10.1.2.3', 10.1.9.9",
        "'', 10.1.0.1",
        "'evil.example', 10.1.0.1",
        "'203.0.113.9, evil', 10.1.0.1",
        "'203.0.113.9, ', 10.1.0.1"
    })
    void theClientIsTheLastOneThatATrustedPeerSpeaksOf(String forwardedFor, String client) {
        assertThat(peers.clientOf(InetAddress.ofLiteral("10.1.0.1"), forwardedFor))
                .isEqualTo(InetAddress.ofLiteral(client));
    }

    @Test
    void aStrangerSpeaksForNobody() {
        // Given
        InetAddress stranger = InetAddress.ofLiteral("203.0.113.50");

        // When / Then
        assertThat(peers.clientOf(stranger, "203.0.113.9")).isEqualTo(stranger);
        assertThat(TrustedPeers.nobody().clientOf(stranger, "203.0.113.9")).isEqualTo(stranger);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "fd00::/129", "ingress", "10.0.0.0/8/8"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatThrownBy(() -> TrustedPeers.of(Set.of(text))).isInstanceOf(IllegalArgumentException.class);
    }
}
