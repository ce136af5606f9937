package io.benchtop.service.connection;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a store or a database is. Only what is named here ever reaches a driver, and each field is refused if it holds a sign
 * with a meaning in an address: nobody gets a further property into one (S31).
 */
public sealed interface ConnectionSettings {

    /** The word on the wire. */
    String kind();

    /** Where it leads to, for messages. */
    String place();

    /** Whether a secret that was given for the other settings goes to the same place, as the same user, by these. */
    boolean sendsSecretWhere(ConnectionSettings other);

    /**
     * A bucket behind the S3 interface.
     *
     * @param endpoint null for Amazon's own
     * @param prefix what all keys begin with, without a slash at its ends; may be empty
     * @param pathStyle whether the bucket is a part of the path, and not of the host's name
     */
    record ObjectStorage(
            @Nullable URI endpoint, String region, String bucket, String prefix, boolean pathStyle, String accessKeyId)
            implements ConnectionSettings {

        public static final String KIND = "s3";

        private static final Pattern REGION = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
        private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");
        private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");
        private static final int LONGEST_PREFIX = 900;

        public ObjectStorage {
            checkEndpoint(endpoint);
            if (!REGION.matcher(region).matches()) {
                throw ProblemException.invalidField("settings.region", "must be a region's name, such as eu-central-1");
            }
            if (!BUCKET.matcher(bucket).matches()) {
                throw ProblemException.invalidField(
                        "settings.bucket", "must be 3 to 63 letters, digits, dots, hyphens or underscores");
            }
            if (prefix.length() > LONGEST_PREFIX
                    || prefix.startsWith("/")
                    || prefix.endsWith("/")
                    || prefix.chars().anyMatch(Character::isISOControl)) {
                throw ProblemException.invalidField(
                        "settings.prefix",
                        "must have at most " + LONGEST_PREFIX + " characters and no slash at its ends");
            }
            if (!KEY.matcher(accessKeyId).matches()) {
                throw ProblemException.invalidField(
                        "settings.accessKeyId", "must be 1 to 128 letters, digits or signs, without spaces");
            }
        }

        private static void checkEndpoint(@Nullable URI endpoint) {
            if (endpoint == null) {
                return;
            }
            String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
            boolean plain = (scheme.equals("http") || scheme.equals("https"))
                    && endpoint.getHost() != null
                    && endpoint.getRawUserInfo() == null
                    && endpoint.getRawQuery() == null
                    && endpoint.getRawFragment() == null
                    && (endpoint.getRawPath().isEmpty() || endpoint.getRawPath().equals("/"));
            if (!plain) {
                throw ProblemException.invalidField(
                        "settings.endpoint",
                        "must be http:// or https://, a host and perhaps a port, and nothing more");
            }
            HostName.check("settings.endpoint", endpoint.getHost());
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String place() {
            return "the bucket " + bucket + (endpoint == null ? " of Amazon S3 in " + region : " at " + endpoint);
        }

        @Override
        public boolean sendsSecretWhere(ConnectionSettings other) {
            return other instanceof ObjectStorage storage
                    && new ObjectStorage(
                                    storage.endpoint,
                                    storage.region,
                                    storage.bucket,
                                    prefix,
                                    storage.pathStyle,
                                    storage.accessKeyId)
                            .equals(this);
        }
    }

    /**
     * A folder that the service's machine sees.
     *
     * @param path absolute; that it lies where data may lie is for {@link DataFolders} to say
     */
    record Folder(String path) implements ConnectionSettings {

        public static final String KIND = "folder";

        private static final int LONGEST = 1000;

        public Folder {
            if (!path.startsWith("/") || path.length() > LONGEST || path.chars().anyMatch(Character::isISOControl)) {
                throw ProblemException.invalidField(
                        "settings.path", "must be a folder's path that begins with a slash");
            }
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String place() {
            return "the folder " + path;
        }

        @Override
        public boolean sendsSecretWhere(ConnectionSettings other) {
            return other instanceof Folder;
        }
    }

    /** A database and who signs in to it. */
    record Database(DatabaseKind databaseKind, String host, int port, String database, String user, Tls tls)
            implements ConnectionSettings {

        private static final Pattern DATABASE = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.$-]{0,62}");
        private static final Pattern USER = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.@$-]{0,127}");

        public Database {
            requireNonNull(databaseKind, "databaseKind is null");
            requireNonNull(tls, "tls is null");
            HostName.check("settings.host", host);
            if (port < 1 || port > 65_535) {
                throw ProblemException.invalidField("settings.port", "must be from 1 to 65535");
            }
            if (!DATABASE.matcher(database).matches()) {
                throw ProblemException.invalidField(
                        "settings.database",
                        "must be a database's name: 1 to 63 letters, digits, or . _ $ - and none of these first but _");
            }
            if (!USER.matcher(user).matches()) {
                throw ProblemException.invalidField(
                        "settings.user",
                        "must be a user's name: 1 to 128 letters, digits, or . _ $ - @ and none of these first but _");
            }
        }

        @Override
        public String kind() {
            return databaseKind.code();
        }

        @Override
        public String place() {
            return "the database " + database + " at " + host + ":" + port;
        }

        @Override
        public boolean sendsSecretWhere(ConnectionSettings other) {
            return other instanceof Database known
                    && new Database(known.databaseKind, known.host, known.port, database, known.user, known.tls)
                            .equals(this);
        }
    }

    /** Which databases are spoken to. */
    enum DatabaseKind {
        POSTGRESQL(5432),
        MARIADB(3306);

        private final int usualPort;

        DatabaseKind(int usualPort) {
            this.usualPort = usualPort;
        }

        public int usualPort() {
            return usualPort;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a connection to a database is guarded against those between. */
    enum Tls {
        /** Encrypted, and the server proves that it is the host. */
        VERIFY,
        /** Encrypted, whoever answers. */
        REQUIRE,
        /** Not encrypted. */
        OFF;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
