package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginCheckTest {

    private final OriginCheck check = new OriginCheck(URI.create("https://bench.example"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // origin, fetch site, host, must prove, allowed
                "https://bench.example,-,bench.example,true,true",
                "https://bench.example,same-origin,bench.example,true,true",
                "https://10.0.0.7:8443,-,10.0.0.7:8443,true,true",
                "-,same-origin,bench.example,true,true",
                "-,none,bench.example,false,true",
                "-,-,bench.example,false,true",
                "-,-,bench.example,true,false",
                "-,none,bench.example,true,false",
                "-,cross-site,bench.example,false,false",
                "-,same-site,bench.example,true,false",
                "https://bench.example,cross-site,bench.example,true,false",
                "https://evil.example,-,bench.example,true,false",
                "https://evil.example,-,bench.example,false,false",
                "https://bench.example.evil.com,-,bench.example,true,false",
                "http://bench.example,-,bench.example,true,false",
                "https://bench.example:444,-,bench.example,true,false",
                "null,-,bench.example,true,false",
                "'',-,bench.example,true,false"
            })
    void s03OnlyOurOwnPagesMayAsk(String origin, String fetchSite, String host, boolean mustProve, boolean allowed) {
        assertThat(check.allows(origin, fetchSite, host, mustProve)).isEqualTo(allowed);
    }
}
