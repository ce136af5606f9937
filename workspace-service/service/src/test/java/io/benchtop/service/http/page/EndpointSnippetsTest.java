package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndpointSnippetsTest {

    @Test
    void aNameCannotEndTheTextThatItStandsIn() {
        // When
        EndpointSnippets snippets = EndpointSnippets.of("https://b/serve/x", "{\"a'b\\\"c\":1}");

        // Then
        assertThat(snippets.curl()).contains("-d '{\"a'\\''b\\\"c\":1}'");
        assertThat(snippets.python()).contains("data=\"{\\\"a'b\\\\\\\"c\\\":1}\".encode()");
        assertThat(snippets.java()).contains("ofString(\n        \"{\\\"a'b\\\\\\\"c\\\":1}\"))");
    }
}
