package io.benchtop.sdk.spark;

import io.benchtop.sdk.error.BenchtopException;
import io.benchtop.sdk.rest.Access;
import io.benchtop.sdk.rest.RestClient;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Which Benchtop is asked, and where the token lies; travels to Spark's tasks, so that no token is part of it.
 *
 * @param url empty for that of this process's variables
 * @param tokenFile of a token for that address; the variables' token goes to the variables' address only
 */
record Connection(String url, String tokenFile) implements Serializable {

    private static final Map<Connection, RestClient> CLIENTS = new ConcurrentHashMap<>();

    Connection {
        if (url.isEmpty() != tokenFile.isEmpty()) {
            throw new BenchtopException(
                    "bad_connection",
                    "The options url and tokenFile go together: a token is sent to the address that it is for. Set both, or none.");
        }
    }

    static Connection of(CaseInsensitiveStringMap options) {
        return new Connection(options.getOrDefault("url", ""), options.getOrDefault("tokenFile", ""));
    }

    /** One for each connection of this process. */
    RestClient rest() {
        return CLIENTS.computeIfAbsent(this, Connection::connect);
    }

    private RestClient connect() {
        var variables = url.isEmpty() ? System.getenv() : Map.of("BENCHTOP_URL", url, "BENCHTOP_TOKEN_FILE", tokenFile);
        return new RestClient(Access.ofEnvironment(variables), "benchtop-spark");
    }
}
