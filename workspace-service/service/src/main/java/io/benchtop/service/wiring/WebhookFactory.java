package io.benchtop.service.wiring;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.identity.TextSeal;
import io.benchtop.service.identity.jwt.SigningKey;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.model.ModelRepository;
import io.benchtop.service.model.WebhookDeliveries;
import io.benchtop.service.model.WebhookOutbox;
import io.benchtop.service.model.WebhookRepository;
import io.benchtop.service.model.WebhookSender;
import io.benchtop.service.model.Webhooks;
import io.benchtop.service.model.http.HttpWebhookSender;
import io.benchtop.service.model.jdbc.JdbiWebhookRepository;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Who is told what happens to models. */
@Factory
final class WebhookFactory {

    @Singleton
    WebhookRepository webhookRepository(Jdbi jdbi) {
        return new JdbiWebhookRepository(jdbi);
    }

    @Singleton
    WebhookOutbox webhookOutbox(WebhookRepository webhooks, InstantSource clock) {
        return new WebhookOutbox(webhooks, clock);
    }

    /** Made at the start, so that a wrong value stops it. */
    @Context
    @Bean(preDestroy = "close")
    HttpWebhookSender webhookSender(ModelConfig config) {
        return new HttpWebhookSender(
                NetworkPolicy.of(config.getWebhookNetworks(), "BENCHTOP_MODEL_WEBHOOK_NETWORKS", "webhook"),
                config.getWebhookHttp());
    }

    private static TextSeal seal(SigningKey key) {
        return new TextSeal(DerivedKey.of(key, "benchtop webhook secret key"));
    }

    @Singleton
    Webhooks webhooks(
            ModelRepository models,
            WebhookRepository webhooks,
            WebhookSender sender,
            SigningKey key,
            Transactions transactions,
            AuditTrail audit,
            InstantSource clock) {
        return new Webhooks(models, webhooks, sender, seal(key), transactions, audit, clock);
    }

    @Singleton
    @Bean(preDestroy = "close")
    WebhookDeliveries webhookDeliveries(
            WebhookRepository webhooks,
            WebhookSender sender,
            SigningKey key,
            Leases leases,
            Transactions transactions,
            InstantSource clock) {
        return new WebhookDeliveries(webhooks, sender, seal(key), leases, transactions, clock);
    }

    /** Sends from the moment that everything is there. */
    @Singleton
    static final class Beginning {

        private final WebhookDeliveries deliveries;

        Beginning(WebhookDeliveries deliveries) {
            this.deliveries = deliveries;
        }

        @EventListener
        void begin(StartupEvent event) {
            deliveries.begin();
        }
    }
}
