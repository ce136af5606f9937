package io.benchtop.service.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPolicyTest {

    private static final NetworkPolicy NOTHING_LISTED = NetworkPolicy.of("");
    private static final NetworkPolicy EVERYTHING_LISTED = NetworkPolicy.of("0.0.0.0/0, ::/0");

    @ParameterizedTest
    @ValueSource(
            strings = {"93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "172.32.0.1", "100.128.0.1", "::ffff:8.8.8.8"})
    void publicAddressesMayBeReached(String address) throws UnknownHostException {
        assertThat(NOTHING_LISTED.refusal(InetAddress.getByName(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "::1",
                "fd12::1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "2002:7f00:1::"
            })
    void s32OthersOnlyWhereTheirNetworkIsListed(String text) throws UnknownHostException {
        // Given
        InetAddress address = InetAddress.getByName(text);

        // Then
        assertThat(NOTHING_LISTED.refusal(address))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("BENCHTOP_SOURCE_NETWORKS"));
        assertThat(EVERYTHING_LISTED.refusal(address)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "168.63.129.16",
                "100.100.100.200",
                "192.0.0.192",
                "0.0.0.0",
                "0.1.2.3",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "fe80::1",
                "ff02::1",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "2002:a9fe:a9fe::"
            })
    void s32SomeNever(String text) throws UnknownHostException {
        assertThat(EVERYTHING_LISTED.refusal(InetAddress.getByName(text)))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("cannot allow it"));
    }

    @Test
    void aListedNetworkIsNoLargerThanItSays() throws UnknownHostException {
        // Given
        NetworkPolicy policy = NetworkPolicy.of("10.20.0.0/15,192.168.1.7");

        // Then
        assertThat(policy.refusal(InetAddress.getByName("10.21.255.255"))).isEmpty();
        assertThat(policy.refusal(InetAddress.getByName("10.22.0.0"))).isPresent();
        assertThat(policy.refusal(InetAddress.getByName("192.168.1.7"))).isEmpty();
        assertThat(policy.refusal(InetAddress.getByName("192.168.1.6"))).isPresent();
        assertThat(NetworkPolicy.of(policy.text()).text()).isEqualTo(policy.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "example.org", "10.0.0.0/x", "10.0.0.0/-1", "localhost/8"})
    void whatIsNoNetworkStopsTheStart(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkPolicy.of(text))
                .withMessageContaining("BENCHTOP_SOURCE_NETWORKS")
                .withMessageContaining(text);
    }
}
