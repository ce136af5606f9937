package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextPathTest {

    private static final String PATH = "/user/alice/exp/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/user/alice/exp/lab/tree/demos/python.ipynb",
                "/user/alice/exp/lab?reset",
                "/user/alice/exp/files/a%20b.csv?download=1&x=..%2f"
            })
    void leadsToWhatWasAsked(String next) {
        assertThat(NextPath.below(PATH, next)).isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "https:evil.example",
                "https://evil.example/user/alice/exp/",
                "%2f%2fevil.example",
                "/%09/evil.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "/user/alice/other/lab",
                "/user/bob/exp/lab",
                "/admin/users",
                "/user/alice/exp/../../../admin/users",
                "/user/alice/exp/%2e%2e/%2e%2e/x",
                "/user/alice/exp/..%2f..%2fx",
                "/user/alice/exp/%252e%252e/x",
                "/user/alice/exp/..\\x",
                "/user/alice/exp//evil.example/",
                "/user/alice/exp/lab\r\nSet-Cookie: a=b",
                "/user/alice/exp/ü"
            })
    void s06LeadsNowhereElse(String next) {
        assertThat(NextPath.below(PATH, next)).isEqualTo("/user/alice/exp/lab");
    }

    @Test
    void leadsToJupyterLabWhenNothingWasAsked() {
        assertThat(NextPath.below(PATH, null)).isEqualTo("/user/alice/exp/lab");
    }
}
