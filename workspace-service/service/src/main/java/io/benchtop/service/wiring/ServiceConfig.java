package io.benchtop.service.wiring;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a start of the service is told, from the environment ({@code BENCHTOP_DATA}, {@code BENCHTOP_PUBLIC_URL} …). Wrong
 * values stop the start.
 */
@ConfigurationProperties("benchtop")
public interface ServiceConfig {

    /** The data folder, see the layout in docs/operator.md. */
    Path getData();

    /** The address that people use; its scheme decides the cookie's flags, its origin the checks. */
    @Bindable(defaultValue = "http://127.0.0.1:8080")
    URI getPublicUrl();

    /** The session cookie's name, shared with the proxy. */
    @Bindable(defaultValue = "benchtop-session-8080")
    String getSessionCookie();

    /** The file with the key that authenticates {@code /internal/**}. */
    Path getInternalKeyFile();

    /** The Ed25519 key that all replicas sign with; without it one is made in the data folder. */
    Optional<Path> getSigningKeyFile();

    /** The cost of password hashing; each step doubles the time that one guess takes. */
    @Bindable(defaultValue = "12")
    int getPasswordCost();

    /** Where the proxy connects. */
    @Bindable(defaultValue = "8081")
    int getServicePort();

    /** Where health and metrics listen, {@code host:port}; port 0 takes a free one. */
    @Bindable(defaultValue = "127.0.0.1:0")
    String getServiceAdminListen();

    /** A PostgreSQL JDBC address; empty means the embedded H2 in the data folder. */
    Optional<String> getDatabaseUrl();

    /** Whether other processes may use the same database. */
    default boolean isPostgresql() {
        return getDatabaseUrl()
                .filter(url -> url.startsWith("jdbc:postgresql:"))
                .isPresent();
    }

    Optional<String> getDatabaseUser();

    Optional<Path> getDatabasePasswordFile();

    /** Where files of experiments' runs are kept; replicas must share it. Without it, in the data folder of one machine. */
    Optional<Path> getArtifactFolder();

    /** Where files of datasets are kept; replicas must share it. Without it, in the data folder of one machine. */
    Optional<Path> getDatasetFolder();

    /** Networks in which sources of data may be though they are not public, such as {@code 10.0.0.0/8}; commas between. */
    Optional<String> getSourceNetworks();

    /** Folders of this machine below which an administrator may connect folders; commas between. */
    Optional<String> getDataFolders();
}
