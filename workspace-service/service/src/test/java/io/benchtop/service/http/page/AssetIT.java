package io.benchtop.service.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingService;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetIT {

    @TempDir
    Path data;

    @Test
    void filesAreKeptByTheirContentAndNothingElseIsServed() {
        try (TestingService service = TestingService.start(data)) {
            // When
            String path = service.bean(Assets.class).path("htmx.js");
            HttpResponse<String> named = service.anonymous().get(path);

            // Then
            assertThat(named.statusCode()).isEqualTo(200);
            assertThat(named.headers().firstValue("Content-Type")).contains("text/javascript;charset=utf-8");
            assertThat(named.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("immutable");
            HttpResponse<String> old = service.anonymous().get("/assets/htmx.js?v=old");
            assertThat(old.headers().firstValue("Cache-Control")).contains("no-cache");
            assertThat(service.anonymous().get("/favicon.ico").statusCode()).isEqualTo(200);
            for (String other : new String[] {"/assets/application.yml", "/assets/..%2fapplication.yml", "/assets/"}) {
                assertThat(service.anonymous().get(other).statusCode())
                        .as(other)
                        .isBetween(400, 404);
            }
        }
    }
}
