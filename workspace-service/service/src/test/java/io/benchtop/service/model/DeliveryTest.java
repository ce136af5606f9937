package io.benchtop.service.model;

import static io.benchtop.service.model.SampleModels.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.model.WebhookSender.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private static final Outcome DOWN = new Outcome(false, "It answered 500.");

    private static Delivery fresh() {
        return Delivery.of(WebhookId.random(), WebhookEvent.VERSION_READY, "{}", NOW);
    }

    @Test
    void pausesDoubleUpToAQuarterOfAnHourUntilADayIsOver() {
        // Given
        Delivery delivery = fresh();
        List<Long> pauses = new ArrayList<>();
        Instant now = NOW;

        // When
        while (delivery.nextAt() != null) {
            now = delivery.nextAt();
            delivery = delivery.after(DOWN, now);
            if (delivery.nextAt() != null) {
                pauses.add(Duration.between(now, delivery.nextAt()).toSeconds());
            }
        }

        // Then
        assertThat(pauses).startsWith(5L, 10L, 20L, 40L).endsWith(900L).hasSize(102);
        assertThat(delivery.state()).isEqualTo(Delivery.State.GIVEN_UP);
        assertThat(delivery.attempts()).isEqualTo(103);
        assertThat(now).isBefore(NOW.plus(Delivery.GIVEN_UP_AFTER));
        assertThat(delivery.lastStatus()).isEqualTo("It answered 500.");
    }

    @Test
    void whatWasTakenIsDone() {
        // When
        Delivery after = fresh().after(new Outcome(true, "It answered 204."), NOW);

        // Then
        assertThat(after.state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(after.nextAt()).isNull();
    }

    @Test
    void aLongStatusIsCut() {
        assertThat(fresh().after(new Outcome(false, "x".repeat(5000)), NOW).lastStatus())
                .hasSize(1000);
    }

    /** The example of the Standard Webhooks specification's own libraries. */
    @Test
    void signaturesAreThoseOfStandardWebhooks() {
        // Given
        WebhookSecret secret = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        // Then
        assertThat(secret.signature(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assertThat(secret).hasToString("WebhookSecret");
    }
}
