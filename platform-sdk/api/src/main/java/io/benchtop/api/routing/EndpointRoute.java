package io.benchtop.api.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint as the proxy sees it: who may call it, and which model version answers whom.
 *
 * <p>A caller falls into one of {@value #BUCKETS} buckets, and every bucket belongs to exactly one arm. A ramp that only
 * lengthens an arm's ranges therefore moves nobody back. An arm without a bucket is reached by shadow copies and by the
 * owner who names its version, by nobody else.
 *
 * @param name the name in {@code /serve/<name>/}; also the route's identity in the table
 * @param endpointId the endpoint's immutable id
 * @param owner the user name of the person who may call every version by its number
 * @param callers the user names that may call it; {@link #EVERYBODY} for every signed-in user
 * @param salt what makes the buckets of this endpoint differ from those of another
 * @param sticky by what a caller is recognised
 * @param arms the versions behind the endpoint
 * @param shadow which arm gets copies of requests; null if none does
 * @param limits how much one client and all together may ask for
 * @param spent who has asked for all that the day's quota lets in; null if nobody has
 * @param generation counts the endpoint's changes
 */
public record EndpointRoute(
        String name,
        String endpointId,
        String owner,
        List<String> callers,
        String salt,
        Sticky sticky,
        List<Arm> arms,
        @Nullable Shadow shadow,
        Limits limits,
        @Nullable Spent spent,
        long generation) {

    /** How many buckets callers fall into. */
    public static final int BUCKETS = 10_000;

    /** Stands among the callers for every signed-in user. */
    public static final String EVERYBODY = "*";

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");

    public EndpointRoute {
        requireNonNull(name, "name is null");
        requireNonNull(endpointId, "endpointId is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(salt, "salt is null");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "an endpoint's name has up to 40 small letters, digits and inner hyphens, not " + name);
        }
        callers = callers == null ? List.of() : List.copyOf(callers);
        sticky = sticky == null ? Sticky.NONE : sticky;
        arms = arms == null ? List.of() : List.copyOf(arms);
        limits = limits == null ? Limits.NONE : limits;
        requireDifferentVersions(name, arms);
        requireEveryBucketOnce(name, arms);
        requireArm(name, arms, shadow);
    }

    /** The bucket of a key, wherever it is asked for: {@code murmur3_32(salt + key) mod 10000}, unsigned, with seed 0. */
    public static int bucketOf(String salt, String key) {
        return Integer.remainderUnsigned(Murmur3.hash32((salt + key).getBytes(UTF_8), 0), BUCKETS);
    }

    private static void requireDifferentVersions(String name, List<Arm> arms) {
        Set<String> versions = new HashSet<>();
        for (Arm arm : arms) {
            if (!versions.add(arm.version())) {
                throw new IllegalArgumentException("endpoint " + name + " has two arms of version " + arm.version());
            }
        }
    }

    private static void requireEveryBucketOnce(String name, List<Arm> arms) {
        List<Range> ranges = arms.stream()
                .flatMap(arm -> arm.ranges().stream())
                .filter(range -> range.size() > 0)
                .sorted(Comparator.comparingInt(Range::from))
                .toList();
        int covered = 0;
        for (Range range : ranges) {
            if (range.from() != covered) {
                throw new IllegalArgumentException("the arms of endpoint " + name
                        + " share a bucket or leave one out at " + Math.min(covered, range.from()));
            }
            covered = range.to();
        }
        if (covered != BUCKETS) {
            throw new IllegalArgumentException(
                    "the arms of endpoint " + name + " leave out the buckets from " + covered);
        }
    }

    private static void requireArm(String name, List<Arm> arms, @Nullable Shadow shadow) {
        if (shadow != null && arms.stream().noneMatch(arm -> arm.version().equals(shadow.version()))) {
            throw new IllegalArgumentException(
                    "endpoint " + name + " has no arm for its shadow of version " + shadow.version());
        }
    }

    /** The salt decides who gets what and stays out of logs, as the keys do. */
    @Override
    public String toString() {
        return "EndpointRoute[" + name + " -> " + arms + ", shadow " + shadow + ", generation " + generation + "]";
    }

    /**
     * By what a caller is recognised, in this order: the header, the cookie, the name.
     *
     * @param header the request header whose value is the key; null if senders may not choose one
     * @param cookie whether browsers get a signed cookie
     * @param cookieKey base64url of the 32-byte key that signs the cookies; null without cookies
     * @param spread whether a caller without header and cookie gets another bucket with each request instead of the one
     *     of its name: right where few programs call for many people
     */
    public record Sticky(
            @Nullable String header,
            boolean cookie,
            @Nullable String cookieKey,
            boolean spread) {

        /** By name only. */
        public static final Sticky NONE = new Sticky(null, false, null, false);

        private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
        private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{43}=?");

        public Sticky {
            if (header != null && !HEADER.matcher(header).matches()) {
                throw new IllegalArgumentException("a sticky header has letters, digits and hyphens, not " + header);
            }
            if (cookie && (cookieKey == null || !KEY.matcher(cookieKey).matches())) {
                throw new IllegalArgumentException("sticky cookies need a key of 32 bytes in base64url");
            }
        }

        public Sticky(@Nullable String header, boolean cookie, @Nullable String cookieKey) {
            this(header, cookie, cookieKey, false);
        }

        /** The key is a secret and stays out of logs. */
        @Override
        public String toString() {
            return "Sticky[header " + header + ", cookie " + cookie + ", spread " + spread + "]";
        }
    }

    /**
     * One model version behind an endpoint.
     *
     * @param version the version, such as {@code 1.2.0}
     * @param model the registered model it is a version of
     * @param ranges its buckets; none for an arm that answers no caller
     * @param state what its model-servers are doing
     * @param targets its model-servers that can be called
     */
    public record Arm(String version, String model, List<Range> ranges, ArmState state, List<Target> targets) {

        private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

        public Arm {
            requireNonNull(version, "version is null");
            requireNonNull(model, "model is null");
            requireNonNull(state, "state is null");
            if (!VERSION.matcher(version).matches()) {
                throw new IllegalArgumentException("an arm's version is like 1.2.0, not " + version);
            }
            ranges = ranges == null ? List.of() : List.copyOf(ranges);
            targets = targets == null ? List.of() : List.copyOf(targets);
        }

        /** Whether any caller may be sent to it. */
        public boolean hasShare() {
            return ranges.stream().anyMatch(range -> range.size() > 0);
        }
    }

    /** What the model-servers of an arm are doing. One that is not ready, or has no target, is waited for unless it failed. */
    public enum ArmState {
        READY,
        STARTING,
        ASLEEP,
        FAILED
    }

    /** The buckets from {@code from} up to, not including, {@code to}. */
    public record Range(int from, int to) {

        public Range {
            if (from < 0 || from > to || to > BUCKETS) {
                throw new IllegalArgumentException(
                        "a range of buckets lies within 0 and " + BUCKETS + ", not " + from + " to " + to);
            }
        }

        public int size() {
            return to - from;
        }
    }

    /**
     * One model-server.
     *
     * @param address {@code http://host:port}
     * @param grpc {@code host:port}; null if it has no gRPC port
     * @param key what it wants to see in {@code X-Benchtop-Serving-Key}
     */
    public record Target(String address, @Nullable String grpc, String key) {

        private static final Pattern ADDRESS = Pattern.compile("http://[^/?#@\\s]+:\\d{1,5}");
        private static final Pattern GRPC = Pattern.compile("[^/?#@\\s]+:\\d{1,5}");
        private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{16,512}");

        public Target {
            requireNonNull(address, "address is null");
            requireNonNull(key, "key is null");
            if (!ADDRESS.matcher(address).matches()) {
                throw new IllegalArgumentException("a model-server's address is http://host:port, not " + address);
            }
            if (grpc != null && !GRPC.matcher(grpc).matches()) {
                throw new IllegalArgumentException("a model-server's gRPC address is host:port, not " + grpc);
            }
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException(
                        "the key of the model-server at " + address + " is not 16 to 512 visible characters");
            }
        }

        /** The key is a secret and stays out of logs. */
        @Override
        public String toString() {
            return grpc == null ? address : address + "+" + grpc;
        }
    }

    /**
     * Copies of requests whose answers are only compared.
     *
     * @param version the arm that gets the copies
     * @param share how many of the requests are copied, 0 to 1
     */
    public record Shadow(String version, double share) {

        public Shadow {
            requireNonNull(version, "version is null");
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a shadow's share is from 0 to 1, not " + share);
            }
        }
    }

    /**
     * Clients that may not ask any more until the day is over. Counted where all proxies' reports come together, so a client may be
     * let in for some seconds after its last request.
     *
     * @param epochDay the day in UTC, in days since 1970-01-01
     * @param clients the names of tokens and users
     */
    public record Spent(long epochDay, List<String> clients) {

        public Spent {
            clients = List.copyOf(clients);
        }
    }

    /**
     * How much may be asked for, counted by each proxy for itself; 0 is no limit.
     *
     * @param requestsPerSecond what one client may ask for over time
     * @param burst what one client may ask for at once beyond that
     * @param clientInFlight how many requests of one client may be in progress
     * @param inFlight how many requests of all clients may be in progress
     * @param maxBodyBytes how long one request body may be
     */
    public record Limits(double requestsPerSecond, int burst, int clientInFlight, int inFlight, long maxBodyBytes) {

        /** No limit. */
        public static final Limits NONE = new Limits(0, 0, 0, 0, 0);

        public Limits {
            boolean rate = requestsPerSecond >= 0 && requestsPerSecond <= 1e9;
            if (!rate || burst < 0 || clientInFlight < 0 || inFlight < 0 || maxBodyBytes < 0) {
                throw new IllegalArgumentException("the limits of an endpoint are not below 0: " + requestsPerSecond
                        + ", " + burst + ", " + clientInFlight + ", " + inFlight + ", " + maxBodyBytes);
            }
        }
    }
}
