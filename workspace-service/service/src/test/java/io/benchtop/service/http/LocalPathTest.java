package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/workspaces/new",
                "/user/alice/exp/lab/tree/100%25%20notes.ipynb?reset&x=%2F",
                "/user/alice/exp/lab/tree/a%2Fb.ipynb",
                "/settings?next=http://evil"
            })
    void keepsAPathOfThisHost(String text) {
        assertThat(LocalPath.orStart(text).value()).isEqualTo(text);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "//evil",
                "///evil",
                "/\\evil",
                "\\/evil",
                "\\\\evil",
                "https:evil",
                "https://evil",
                "https:///evil",
                "%2f%2fevil",
                "/%2fevil",
                "/%2F%2Fevil",
                "/%5cevil",
                "/%09/evil",
                "/%0d%0aLocation:%20http://evil",
                "/\t/evil",
                "\t//evil",
                " //evil",
                "/x//evil",
                "HOST//evil/",
                "HOST////evil",
                "127.0.0.1:8080//evil/",
                "javascript:alert(1)",
                "data:text/html,x",
                "/x\r\nSet-Cookie: a=b",
                "/x\nb",
                "/\u0000",
                "/\u2028",
                "/秀樹",
                "evil"
            })
    void s06WhatMayLeadElsewhereLeadsToTheStart(String text) {
        assertThat(LocalPath.orStart(text)).isEqualTo(LocalPath.START);
    }

    @Test
    void s06AnEndlessPathLeadsToTheStart() {
        assertThat(LocalPath.orStart("/" + "a".repeat(3_000))).isEqualTo(LocalPath.START);
    }

    @Test
    void theWayToSignInLeadsBack() {
        assertThat(new LocalPath("/a?b=c&d='\"><svg").viaSignIn().value())
                .isEqualTo("/login?next=%2Fa%3Fb%3Dc%26d%3D%27%22%3E%3Csvg");
        assertThat(LocalPath.START.viaSignIn().value()).isEqualTo("/login");
    }
}
