package io.benchtop.cli.local;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.benchtop.cli.support.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** What the supervisor asks of the service's internal interface, and of the proxy: are you there? */
final class ServiceClient {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration STOP_ALL = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(SHORT)
            .build();
    private final String serviceUrl;
    private final InternalKey key;

    ServiceClient(String serviceUrl, InternalKey key) {
        this.serviceUrl = serviceUrl;
        this.key = key;
    }

    boolean isReady() {
        return status(internal("/internal/ready").GET()) == 200;
    }

    /** Makes the service show a page, as people will. */
    void visitSignInPage() {
        status(internal("/login").GET());
    }

    /** Whether the proxy at this address answers, and the service through it. */
    boolean isReachedThrough(String proxyUrl) {
        return status(HttpRequest.newBuilder(URI.create(proxyUrl + "/.well-known/jwks.json"))
                        .timeout(SHORT)
                        .GET())
                == 200;
    }

    /** The path of a link that makes its first user the administrator; empty once there is one. */
    Optional<String> firstSignInPath() {
        var request = internal("/internal/sign-in-links")
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString("{\"purpose\":\"first-admin\"}"))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 409) {
                return Optional.empty();
            }
            if (answer.statusCode() / 100 == 2
                    && JsonParser.parseString(answer.body()) instanceof JsonObject link
                    && link.has("path")) {
                return Optional.of(link.get("path").getAsString());
            }
            throw new CommandFailure(
                    "The service gave no sign-in link: it answered " + answer.statusCode() + " " + answer.body());
        } catch (IOException | JsonParseException e) {
            throw new CommandFailure("The service gave no sign-in link: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Stops every server and waits for it; false if the service could not be asked. */
    boolean stopAllServers() {
        return status(internal("/internal/servers:stop-all")
                                .timeout(STOP_ALL)
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        / 100
                == 2;
    }

    private HttpRequest.Builder internal(String path) {
        return HttpRequest.newBuilder(URI.create(serviceUrl + path))
                .header("Authorization", key.authorization())
                .timeout(SHORT);
    }

    private int status(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
