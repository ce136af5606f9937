package io.benchtop.service.http.page;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** Programs that ask an endpoint from elsewhere, to be copied; the token is put in by whoever runs them. */
record EndpointSnippets(String curl, String python, String java) {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    /**
     * @param address where the endpoint is asked
     * @param body the request, in one line
     */
    static EndpointSnippets of(String address, String body) {
        // A text in JSON is one in Java and in Python, too.
        String quoted = GSON.toJson(body);
        return new EndpointSnippets(
                "curl " + address + " \\\n  -H \"Authorization: Bearer $BENCHTOP_TOKEN\" \\\n"
                        + "  -H \"Content-Type: application/json\" \\\n  -d '" + body.replace("'", "'\\''") + "'",
                """
                import json, os, urllib.request

                request = urllib.request.Request(
                    "%s",
                    data=%s.encode(),
                    headers={"Authorization": "Bearer " + os.environ["BENCHTOP_TOKEN"],
                             "Content-Type": "application/json"})
                with urllib.request.urlopen(request) as answer:
                    print(answer.headers["X-Model-Version"], json.load(answer)["outputs"])""".formatted(address, quoted),
                """
                import java.net.URI;
                import java.net.http.*;

                var request = HttpRequest.newBuilder(URI.create("%s"))
                    .header("Authorization", "Bearer " + System.getenv("BENCHTOP_TOKEN"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                        %s))
                    .build();
                var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
                System.out.println(answer.body());""".formatted(address, quoted));
    }
}
