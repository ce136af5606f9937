package io.benchtop.sdk;

import io.benchtop.sdk.model.Publication;
import io.benchtop.sdk.rest.Access;
import io.benchtop.sdk.rest.RestClient;
import io.benchtop.sdk.serving.Rollout;
import io.benchtop.sdk.tracking.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way in: from inside a workspace everything is one call away.
 *
 * <pre>{@code
 * Benchtop.whoami();                               // User(name: alice, …)
 * Benchtop.workspace();                            // Workspace(id: ws_…, slug: exp, …)
 * Benchtop.workspace().resources();                // Resources(cpus: 2, memory: 300 MiB of 2.0 GiB, …)
 * Benchtop.keepAlive("2h", "training overnight");  // KeepAlive(until: …, reason: …)
 * Benchtop.dataset("sales/orders").rows();         // Stream<Row>
 * Benchtop.publish(ModelFile.onnx(file).name("risk").sample(rows, answers));
 * Benchtop.endpoint("orders").client().infer(rows);
 * }</pre>
 *
 * <p>From elsewhere, {@link #connect(String, String)} with an address and an API token gives the same verbs.
 */
public final class Benchtop {

    private static final String USER_AGENT = "benchtop-java";

    private Benchtop() {}

    /** Connects as the workspace this program runs in; asks nothing yet. */
    public static BenchtopClient connect() {
        return Own.CLIENT;
    }

    /**
     * Connects from anywhere; asks nothing yet.
     *
     * @param url where people go, such as {@code http://127.0.0.1:8080}
     * @param token an API token, made in the dashboard or by {@code benchtop token create}
     */
    public static BenchtopClient connect(String url, String token) {
        var rest = new RestClient(Access.of(url, Optional.of(token)), USER_AGENT);
        var runs = new RestClient(Access.of(url + "/mlflow", Optional.of(token)), USER_AGENT);
        return new BenchtopClient(rest, runs, () -> Access.variable(System.getenv(), "BENCHTOP_WORKSPACE"));
    }

    /** Connects by what asks the service already, as the command line does. Its {@code run} is of no use. */
    public static BenchtopClient connect(RestClient rest) {
        return new BenchtopClient(rest, rest, () -> Access.variable(System.getenv(), "BENCHTOP_WORKSPACE"));
    }

    static BenchtopClient connect(Map<String, String> environment, RestClient.Wait wait) {
        var rest = new RestClient(Access.ofEnvironment(environment), USER_AGENT, wait);
        var runs = new RestClient(Access.ofTracking(environment), USER_AGENT, wait);
        return new BenchtopClient(rest, runs, () -> Access.variable(environment, "BENCHTOP_WORKSPACE"));
    }

    /** See {@link BenchtopClient#whoami}. */
    public static User whoami() {
        return connect().whoami();
    }

    /** See {@link BenchtopClient#workspace}. */
    public static Workspace workspace() {
        return connect().workspace();
    }

    /** See {@link BenchtopClient#keepAlive(String, String)}. */
    public static KeepAlive keepAlive(String duration, String reason) {
        return connect().keepAlive(duration, reason);
    }

    /** See {@link BenchtopClient#keepAlive(String, String)}. */
    public static KeepAlive keepAlive(Duration duration, String reason) {
        return connect().keepAlive(duration, reason);
    }

    /** See {@link BenchtopClient#datasets(String)}. */
    public static List<Dataset> datasets() {
        return connect().datasets("");
    }

    /** See {@link BenchtopClient#datasets(String)}. */
    public static List<Dataset> datasets(String search) {
        return connect().datasets(search);
    }

    /** See {@link BenchtopClient#dataset}. */
    public static Dataset dataset(String name) {
        return connect().dataset(name);
    }

    /** See {@link BenchtopClient#createDataset}. */
    public static Dataset createDataset(String name, String description, List<String> readers) {
        return connect().createDataset(name, description, readers);
    }

    /** See {@link BenchtopClient#writeDataset}. */
    public static DatasetWriter writeDataset(String name, String note) {
        return connect().writeDataset(name, note);
    }

    /** See {@link BenchtopClient#run(String, Dataset...)}. */
    public static Run run(String experiment, Dataset... inputs) {
        return connect().run(experiment, inputs);
    }

    /** See {@link BenchtopClient#run(String, Run.Work, Dataset...)}. */
    public static <E extends Exception> void run(String experiment, Run.Work<E> work, Dataset... inputs) throws E {
        connect().run(experiment, work, inputs);
    }

    /** See {@link BenchtopClient#publish}. */
    public static ModelVersion publish(Publication publication, Dataset... inputs) {
        return connect().publish(publication, inputs);
    }

    /** See {@link BenchtopClient#models}. */
    public static List<RegisteredModel> models() {
        return connect().models("");
    }

    /** See {@link BenchtopClient#models}. */
    public static List<RegisteredModel> models(String text) {
        return connect().models(text);
    }

    /** See {@link BenchtopClient#model}. */
    public static RegisteredModel model(String name) {
        return connect().model(name);
    }

    /** See {@link BenchtopClient#promote(ModelVersion, String)}. */
    public static Endpoint promote(ModelVersion version, String endpoint) {
        return connect().promote(version, endpoint);
    }

    /** See {@link BenchtopClient#promote(ModelVersion, String, Rollout)}. */
    public static Endpoint promote(ModelVersion version, String endpoint, Rollout rollout) {
        return connect().promote(version, endpoint, rollout);
    }

    /** See {@link BenchtopClient#promote(ModelVersion, String, Rollout, String)}. */
    public static Endpoint promote(ModelVersion version, String endpoint, Rollout rollout, String hardware) {
        return connect().promote(version, endpoint, rollout, hardware);
    }

    /** See {@link BenchtopClient#endpoints}. */
    public static List<Endpoint> endpoints() {
        return connect().endpoints();
    }

    /** See {@link BenchtopClient#endpoint}. */
    public static Endpoint endpoint(String name) {
        return connect().endpoint(name);
    }

    /** Made at the first use: loading the class costs a starting kernel nothing. */
    private static final class Own {
        private static final BenchtopClient CLIENT = connect(
                System.getenv(), count -> Thread.sleep(Duration.ofSeconds(count).toMillis()));
    }
}
