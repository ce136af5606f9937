package io.benchtop.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpPlanTest {

    private static UpPlan plan(String host, String url) {
        return new UpPlan(new DataFolder(Path.of("/data")), host, 8080, url, List.of("a.example", "b.example"), 8001);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,127.0.0.1:8080,http://127.0.0.1:8080,true",
        "localhost,localhost:8080,http://localhost:8080,true",
        "::1,[::1]:8080,http://[::1]:8080,true",
        "0.0.0.0,0.0.0.0:8080,http://127.0.0.1:8080,false",
        "192.0.2.7,192.0.2.7:8080,http://192.0.2.7:8080,false"
    })
    void knowsWhereItListensAndWhoCanReachIt(String host, String listen, String local, boolean isLocal) {
        // Given
        var plan = plan(host, "http://127.0.0.1:8080");

        // Then
        assertThat(List.of(plan.listenAddress(), plan.localUrl(), plan.isLocal()))
                .isEqualTo(List.of(listen, local, isLocal));
    }

    @Test
    void listensForGrpcAtTheSameAddressOrNowhere() {
        // Given
        var without = new UpPlan(new DataFolder(Path.of("/data")), "::1", 8080, "http://[::1]:8080", List.of(), null);

        // Then
        assertThat(plan("::1", "http://[::1]:8080").grpcListenAddress()).isEqualTo("[::1]:8001");
        assertThat(without.grpcListenAddress()).isNull();
    }

    @Test
    void namesTheCookieByPortOrBindsItToTheHost() {
        assertThat(plan("127.0.0.1", "http://127.0.0.1:8080").sessionCookie()).isEqualTo("benchtop-session-8080");
        assertThat(plan("127.0.0.1", "https://notebooks.example.org").sessionCookie())
                .isEqualTo("__Host-benchtop-session");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notebooks.example.org",
                "ftp://a.example",
                "http://a.example/path",
                "http://a.example?x=1",
                "http://"
            })
    void refusesAPublicUrlThatIsNone(String url) {
        assertThatThrownBy(() -> plan("127.0.0.1", url)).isInstanceOf(IllegalArgumentException.class);
    }
}
