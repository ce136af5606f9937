package io.benchtop.service.model.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.model.Delivery;
import io.benchtop.service.model.ModelId;
import io.benchtop.service.model.Webhook;
import io.benchtop.service.model.WebhookEvent;
import io.benchtop.service.model.WebhookId;
import io.benchtop.service.model.WebhookRepository;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Webhooks in {@code model_webhooks}, and what they are to be told in {@code model_deliveries}. */
public final class JdbiWebhookRepository implements WebhookRepository {

    private static final String WEBHOOK =
            "select id, model_id, url, events, sealed_secret, created_by, created_at from model_webhooks";
    private static final String DELIVERY =
            "select id, webhook_id, event, body, created_at, state, attempts, next_at, last_status from model_deliveries";

    private final Jdbi jdbi;

    public JdbiWebhookRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public void insert(Webhook webhook) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                insert into model_webhooks (id, model_id, url, events, sealed_secret, created_by, created_at)
                values (:id, :model, :url, :events, :secret, :by, :at)
                """)
                .bind("id", webhook.id().value())
                .bind("model", webhook.model().value())
                .bind("url", webhook.url().toString())
                .bind(
                        "events",
                        webhook.events().stream()
                                .map(WebhookEvent::code)
                                .sorted()
                                .collect(Collectors.joining(" ")))
                .bind("secret", webhook.sealedSecret())
                .bind("by", webhook.createdBy().value())
                .bind("at", webhook.createdAt())
                .execute());
    }

    @Override
    public List<Webhook> list(ModelId model) {
        return jdbi.withHandle(
                handle -> handle.createQuery(WEBHOOK + " where model_id = :model order by created_at, id")
                        .bind("model", model.value())
                        .map((row, _) -> webhook(row))
                        .list());
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        return new Webhook(
                new WebhookId(row.getString("id")),
                new ModelId(row.getString("model_id")),
                URI.create(row.getString("url")),
                Stream.of(row.getString("events").split(" ", -1))
                        .map(WebhookEvent::of)
                        .collect(Collectors.toSet()),
                row.getString("sealed_secret"),
                new UserName(row.getString("created_by")),
                instant(row, "created_at"));
    }

    @Override
    public boolean remove(ModelId model, WebhookId id) {
        return jdbi.withHandle(
                handle -> handle.createUpdate("delete from model_webhooks where id = :id and model_id = :model")
                                .bind("id", id.value())
                                .bind("model", model.value())
                                .execute()
                        == 1);
    }

    /** The webhook's row is locked, so that two deliveries do not get one number. */
    @Override
    public void add(Delivery delivery) {
        jdbi.useTransaction(handle -> {
            handle.createQuery("select id from model_webhooks where id = :id for update")
                    .bind("id", delivery.webhook().value())
                    .mapTo(String.class)
                    .findOne();
            handle.createUpdate("""
                    insert into model_deliveries (id, webhook_id, delivery_number, event, body, created_at, state, attempts,
                        next_at, last_status)
                    select :id, id,
                        (select coalesce(max(delivery_number), 0) + 1 from model_deliveries where webhook_id = :webhook),
                        :event, :body, :at, :state, :attempts, cast(:next as timestamp with time zone), :status
                    from model_webhooks where id = :webhook
                    """)
                    .bind("id", delivery.id())
                    .bind("webhook", delivery.webhook().value())
                    .bind("event", delivery.event().code())
                    .bind("body", delivery.body())
                    .bind("at", delivery.createdAt())
                    .bind("state", delivery.state().name())
                    .bind("attempts", delivery.attempts())
                    .bind("next", delivery.nextAt())
                    .bind("status", delivery.lastStatus())
                    .execute();
        });
    }

    @Override
    public List<Delivery> deliveries(WebhookId webhook, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        DELIVERY + " where webhook_id = :id order by delivery_number desc limit :limit")
                .bind("id", webhook.value())
                .bind("limit", limit)
                .map((row, _) -> delivery(row))
                .list());
    }

    private static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString("id"),
                new WebhookId(row.getString("webhook_id")),
                WebhookEvent.of(row.getString("event")),
                row.getString("body"),
                instant(row, "created_at"),
                Delivery.State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                instantOrNull(row, "next_at"),
                row.getString("last_status"));
    }

    @Override
    public List<Due> due(Instant now, int limit) {
        return jdbi.withHandle(handle -> handle
                .createQuery(DELIVERY + """
                         due where state = 'WAITING' and next_at <= :now and not exists (
                            select 1 from model_deliveries earlier where earlier.webhook_id = due.webhook_id
                            and earlier.state = 'WAITING' and earlier.delivery_number < due.delivery_number)
                        order by next_at, id limit :limit
                        """)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, _) -> delivery(row))
                .list()
                .stream()
                .flatMap(delivery -> handle
                        .createQuery(WEBHOOK + " where id = :id")
                        .bind("id", delivery.webhook().value())
                        .map((row, _) -> webhook(row))
                        .findOne()
                        .map(webhook -> new Due(webhook, delivery))
                        .stream())
                .toList());
    }

    @Override
    public void change(Delivery delivery) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                update model_deliveries set state = :state, attempts = :attempts, next_at = :next, last_status = :status
                where id = :id
                """)
                .bind("id", delivery.id())
                .bind("state", delivery.state().name())
                .bind("attempts", delivery.attempts())
                .bind("next", delivery.nextAt())
                .bind("status", delivery.lastStatus())
                .execute());
    }

    @Override
    public void forgetDoneBefore(Instant time) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "delete from model_deliveries where state <> 'WAITING' and created_at < :time")
                .bind("time", time)
                .execute());
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
