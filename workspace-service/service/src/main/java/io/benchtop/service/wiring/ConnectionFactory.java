package io.benchtop.service.wiring;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.connection.ConnectedSources;
import io.benchtop.service.connection.ConnectionRepository;
import io.benchtop.service.connection.Connections;
import io.benchtop.service.connection.DataFolders;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.connection.SecretSeal;
import io.benchtop.service.connection.jdbc.JdbiConnectionRepository;
import io.benchtop.service.connection.local.FolderSources;
import io.benchtop.service.connection.s3.S3Sources;
import io.benchtop.service.connection.sql.SqlSources;
import io.benchtop.service.identity.jwt.SigningKey;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Connections and what they lead to. */
@Factory
final class ConnectionFactory {

    /** Read at the start, so that a wrong value stops it. */
    @Context
    NetworkPolicy networkPolicy(ServiceConfig config) {
        return NetworkPolicy.of(config.getSourceNetworks().orElse(""));
    }

    @Context
    DataFolders dataFolders(ServiceConfig config) {
        return DataFolders.of(config.getDataFolders().orElse(""));
    }

    @Singleton
    ConnectionRepository connectionRepository(Jdbi jdbi) {
        return new JdbiConnectionRepository(jdbi);
    }

    @Singleton
    SecretSeal secretSeal(SigningKey key) {
        return new SecretSeal(DerivedKey.of(key, "benchtop connection secret key"));
    }

    @Singleton
    @Bean(preDestroy = "close")
    S3Sources stores(NetworkPolicy policy) {
        return new S3Sources(policy);
    }

    @Singleton
    ConnectedSources sources(
            ConnectionRepository connections,
            SecretSeal seal,
            S3Sources stores,
            DataFolders folders,
            NetworkPolicy policy,
            InstantSource clock) {
        return new ConnectedSources(
                connections,
                seal,
                new OpenedSources(stores, new FolderSources(folders), new SqlSources(policy)),
                clock);
    }

    @Singleton
    Connections connections(
            ConnectionRepository connections,
            ConnectedSources sources,
            SecretSeal seal,
            DataFolders folders,
            Transactions transactions,
            AuditTrail audit) {
        return new Connections(connections, sources, seal, folders, transactions, audit);
    }
}
