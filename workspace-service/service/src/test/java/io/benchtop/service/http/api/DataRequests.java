package io.benchtop.service.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.benchtop.service.TestingClient;
import io.benchtop.service.TestingStore;
import java.net.http.HttpResponse;

/** What tests of sources ask for again and again: a connection, and a dataset behind it. */
final class DataRequests {

    private DataRequests() {}

    static JsonObject ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    /** @param secret empty for none */
    static JsonObject connect(TestingClient client, String name, String kind, String settings, String secret) {
        return ok(client.post(
                "/api/v1/connections",
                "{\"name\":\"%s\",\"kind\":\"%s\",\"settings\":%s%s}"
                        .formatted(name, kind, settings, secret.isEmpty() ? "" : ",\"secret\":\"" + secret + "\"")));
    }

    static String database(String host, int port, String name, String user) {
        return "{\"host\":\"%s\",\"port\":%d,\"database\":\"%s\",\"user\":\"%s\",\"tls\":\"off\"}"
                .formatted(host, port, name, user);
    }

    static String bucket(int port, String name) {
        return "{\"endpoint\":\"http://127.0.0.1:%d\",\"region\":\"us-east-1\",\"bucket\":\"%s\",\"pathStyle\":true,\"accessKeyId\":\"%s\"}"
                .formatted(port, name, TestingStore.KEY);
    }

    static JsonObject dataset(TestingClient client, String name, String reader, String source) {
        return ok(client.post(
                "/api/v1/datasets",
                "{\"name\":\"%s\",\"readers\":[\"%s\"],\"source\":%s}".formatted(name, reader, source)));
    }
}
