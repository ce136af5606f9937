package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.TestingClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A person's program and its workspaces, by the REST interface of one replica. */
final class TestingPerson {

    static final String WORKSPACES = "/api/v1/workspaces";
    private static final Pattern ID = Pattern.compile("\"id\":\"(ws_[a-z2-7]{12})\"");
    private static final Pattern STATE = Pattern.compile("\"state\":\\{\"code\":\"([A-Z]+)\"");

    private final TestingClient client;

    TestingPerson(TestingClient client) {
        this.client = requireNonNull(client, "client is null");
    }

    TestingClient client() {
        return client;
    }

    String create(String name) {
        return id(client.post(WORKSPACES, "{\"displayName\":\"" + name + "\"}"));
    }

    String createAndStart(String name) {
        return id(client.post(WORKSPACES, "{\"displayName\":\"" + name + "\",\"start\":true}"));
    }

    static String id(HttpResponse<String> created) {
        assertThat(created.statusCode()).as(created.body()).isBetween(201, 202);
        return ids(created).getFirst();
    }

    List<String> workspaces() {
        return ids(client.get(WORKSPACES));
    }

    private static List<String> ids(HttpResponse<String> answer) {
        return ID.matcher(answer.body()).results().map(found -> found.group(1)).toList();
    }

    HttpResponse<String> start(String id) {
        return client.post(WORKSPACES + "/" + id + ":start", "");
    }

    HttpResponse<String> stop(String id) {
        return client.post(WORKSPACES + "/" + id + ":stop", "");
    }

    HttpResponse<String> delete(String id) {
        return client.delete(WORKSPACES + "/" + id + "?files=delete");
    }

    HttpResponse<String> get(String id) {
        return client.get(WORKSPACES + "/" + id);
    }

    /** Such as {@code RUNNING}; the whole answer if it tells none. */
    String state(String id) {
        String body = get(id).body();
        return STATE.matcher(body)
                .results()
                .findFirst()
                .map(found -> found.group(1))
                .orElse(body);
    }

    void awaitState(String id, String state, Duration patience) {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(state(id)).isEqualTo(state));
    }
}
