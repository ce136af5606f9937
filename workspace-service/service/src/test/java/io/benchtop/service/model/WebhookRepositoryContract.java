package io.benchtop.service.model;

import static io.benchtop.service.model.SampleModels.ALICE;
import static io.benchtop.service.model.SampleModels.NOW;
import static io.benchtop.service.model.SampleModels.model;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.model.WebhookRepository.Due;
import io.benchtop.service.model.WebhookSender.Outcome;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every repository of webhooks holds to. */
public abstract class WebhookRepositoryContract {

    private static final Outcome TAKEN = new Outcome(true, "It answered 200.");
    private static final Outcome DOWN = new Outcome(false, "It answered 500.");

    private final RegisteredModel risk = model("risk");

    /** Empty. */
    protected abstract WebhookRepository webhooks();

    protected abstract ModelRepository models();

    protected abstract void user(UserName name);

    @BeforeEach
    void insertModel() {
        user(ALICE);
        models().insert(risk);
    }

    private Webhook inserted(Instant at) {
        Webhook webhook = new Webhook(
                WebhookId.random(),
                risk.id(),
                URI.create("https://hooks.example.org/a?b=c"),
                Set.of(WebhookEvent.VERSION_READY, WebhookEvent.ALIAS_CHANGED),
                "sealed",
                ALICE,
                at);
        webhooks().insert(webhook);
        return webhook;
    }

    private Delivery added(Webhook webhook) {
        Delivery delivery = Delivery.of(webhook.id(), WebhookEvent.VERSION_READY, "{\"a\":\"ü\"}", NOW);
        webhooks().add(delivery);
        return delivery;
    }

    @Test
    void webhooksComeBackAsTheyWereTheOldestFirst() {
        // Given
        Webhook second = inserted(NOW.plusSeconds(1));
        Webhook first = inserted(NOW);

        // Then
        assertThat(webhooks().list(risk.id())).containsExactly(first, second);
        assertThat(webhooks().list(ModelId.random())).isEmpty();
        assertThat(webhooks().remove(ModelId.random(), first.id())).isFalse();
        assertThat(webhooks().remove(risk.id(), first.id())).isTrue();
        assertThat(webhooks().list(risk.id())).containsExactly(second);
    }

    @Test
    void ofEachWebhookTheOldestThatWaitsIsDue() {
        // Given
        Webhook one = inserted(NOW);
        Webhook other = inserted(NOW);
        Delivery first = added(one);
        Delivery second = added(one);
        Delivery others = added(other);

        // Then
        assertThat(webhooks().due(NOW.minusSeconds(1), 10)).isEmpty();
        assertThat(webhooks().due(NOW, 10)).containsExactlyInAnyOrder(new Due(one, first), new Due(other, others));

        // When
        webhooks().change(first.after(DOWN, NOW));

        // Then
        assertThat(webhooks().due(NOW, 10)).containsExactly(new Due(other, others));
        assertThat(webhooks().due(NOW.plusSeconds(5), 10)).hasSize(2);

        // When
        webhooks().change(first.after(TAKEN, NOW));

        // Then
        assertThat(webhooks().due(NOW, 10)).contains(new Due(one, second));
        assertThat(webhooks().deliveries(one.id(), 10)).containsExactly(second, first.after(TAKEN, NOW));
        assertThat(webhooks().deliveries(one.id(), 1)).containsExactly(second);
    }

    @Test
    void whatIsDoneIsForgottenAndWhatWaitsIsNot() {
        // Given
        Webhook webhook = inserted(NOW);
        Delivery done = added(webhook);
        Delivery waiting = added(webhook);
        webhooks().change(done.after(TAKEN, NOW));

        // When
        webhooks().forgetDoneBefore(NOW.plusSeconds(1));

        // Then
        assertThat(webhooks().deliveries(webhook.id(), 10)).containsExactly(waiting);
    }

    @Test
    void nothingIsKeptForAWebhookOrAModelThatIsGone() {
        // Given
        Webhook removed = inserted(NOW);
        added(removed);
        Webhook ofGone = inserted(NOW);
        added(ofGone);

        // When
        webhooks().remove(risk.id(), removed.id());
        added(removed);
        models().remove(risk.id());

        // Then
        assertThat(webhooks().due(NOW, 10)).isEmpty();
        assertThat(webhooks().list(risk.id())).isEmpty();
    }
}
