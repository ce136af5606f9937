package io.benchtop.service.model;

import static io.benchtop.service.model.SampleModels.ALICE;
import static io.benchtop.service.model.SampleModels.NOW;
import static io.benchtop.service.model.SampleModels.model;
import static io.benchtop.service.model.SampleModels.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.MutableClock;
import io.benchtop.service.TestingDatabases;
import io.benchtop.service.TestingUsers;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.audit.jdbc.JdbiAuditLog;
import io.benchtop.service.audit.jdbc.JdbiTransactions;
import io.benchtop.service.connection.NetworkPolicy;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.TextSeal;
import io.benchtop.service.lease.HeldLease;
import io.benchtop.service.lease.Leases;
import io.benchtop.service.lease.jdbc.JdbiLeaseRepository;
import io.benchtop.service.model.http.HttpWebhookSender;
import io.benchtop.service.model.jdbc.JdbiModelRepository;
import io.benchtop.service.model.jdbc.JdbiWebhookRepository;
import io.benchtop.service.problem.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From something that happens to a model to a receiver who has it, look by look. */
class WebhookDeliveriesIT {

    private static final ModelName RISK = new ModelName("risk");

    private final Jdbi jdbi = TestingDatabases.h2();
    private final MutableClock clock = new MutableClock(NOW);
    private final Transactions transactions = new JdbiTransactions(jdbi);
    private final JdbiModelRepository models = new JdbiModelRepository(jdbi);
    private final JdbiWebhookRepository repository = new JdbiWebhookRepository(jdbi);
    private final HttpWebhookSender sender = new HttpWebhookSender(policy("127.0.0.0/8"), true);
    private final TextSeal seal = new TextSeal(new byte[32]);
    private final Leases leases = new Leases(new JdbiLeaseRepository(jdbi), Duration.ofMinutes(10));
    private final WebhookOutbox outbox = new WebhookOutbox(repository, clock);
    private final WebhookDeliveries deliveries =
            new WebhookDeliveries(repository, sender, seal, leases, transactions, clock);
    private final RegisteredModel risk = model("risk");
    private final ModelVersion version = version(risk.id(), 1, "0.0.1");
    private final Caller alice =
            new Caller(ALICE, "alice", Role.DEVELOPER, new Credential.Token("t", NOW), "127.0.0.1");
    private Receiver receiver;
    private HeldLease lease;

    private static NetworkPolicy policy(String networks) {
        return NetworkPolicy.of(networks, "BENCHTOP_MODEL_WEBHOOK_NETWORKS", "webhook");
    }

    @BeforeEach
    void begin() throws IOException {
        receiver = new Receiver();
        TestingUsers.insert(jdbi, ALICE);
        models.insert(risk);
        lease = leases.take("webhooks").orElseThrow();
    }

    @AfterEach
    void end() throws IOException {
        receiver.close();
        leases.close();
        sender.close();
    }

    private Webhooks webhooks(WebhookSender by) {
        return new Webhooks(
                models, repository, by, seal, transactions, new AuditTrail(new JdbiAuditLog(jdbi), clock), clock);
    }

    private Webhooks.Created registered(String url, WebhookEvent... events) {
        return webhooks(sender).register(alice, RISK, url, Set.of(events));
    }

    private void happens(WebhookEvent event, String message) {
        outbox.tell(ModelNews.of(event, risk, version, "alice", message));
    }

    private void lookUntilNothingIsDue() {
        while (deliveries.look(lease)) {
            // Goes on.
        }
    }

    private Delivery newest(Webhook webhook) {
        return repository.deliveries(webhook.id(), 1).getFirst();
    }

    @Test
    void whatHappensIsToldOnceSignedAndInItsOrder() {
        // Given
        Webhooks.Created created = registered(receiver.url("/a?b=c"), WebhookEvent.VERSION_READY);

        // When
        happens(WebhookEvent.VERSION_READY, "one");
        happens(WebhookEvent.VERSION_REFUSED, "not asked for");
        happens(WebhookEvent.VERSION_READY, "two");
        happens(WebhookEvent.VERSION_READY, "thr\u00e9e");
        lookUntilNothingIsDue();
        lookUntilNothingIsDue();

        // Then
        assertThat(receiver.messages())
                .extracting(message -> message.body().replaceFirst(".*\"message\":\"([^\"]*)\".*", "$1"))
                .containsExactly("one", "two", "thr\u00e9e");
        assertThat(receiver.messages()).allSatisfy(message -> {
            assertThat(message.path()).isEqualTo("/a?b=c");
            assertThat(message.body())
                    .startsWith("{\"type\":\"version.ready\",\"timestamp\":\"" + NOW + "\"")
                    .contains("\"model\":\"risk\",\"version\":\"0.0.1\",\"number\":1,\"actor\":\"alice\"");
            assertThat(message.signature())
                    .isEqualTo(created.secret()
                            .signature(
                                    message.id(),
                                    Instant.ofEpochSecond(Long.parseLong(message.timestamp())),
                                    message.body()));
        });
        assertThat(newest(created.webhook()).state()).isEqualTo(Delivery.State.DELIVERED);
    }

    @Test
    void whatFailedIsTriedAgainUnderTheSameIdBeforeWhatCameLater() {
        // Given
        Webhook webhook =
                registered(receiver.url("/"), WebhookEvent.VERSION_READY).webhook();
        receiver.answer(500, 503);
        happens(WebhookEvent.VERSION_READY, "one");
        happens(WebhookEvent.VERSION_READY, "two");

        // When
        lookUntilNothingIsDue();

        // Then
        assertThat(receiver.messages()).hasSize(1);
        Delivery failed = repository.deliveries(webhook.id(), 10).getLast();
        assertThat(failed.lastStatus()).isEqualTo("It answered 500.");
        assertThat(failed.nextAt()).isEqualTo(NOW.plusSeconds(5));

        // When
        clock.advance(Duration.ofSeconds(5));
        lookUntilNothingIsDue();
        clock.advance(Duration.ofSeconds(10));
        lookUntilNothingIsDue();

        // Then
        assertThat(receiver.messages()).hasSize(4);
        assertThat(receiver.messages().subList(0, 3))
                .extracting(Receiver.Message::id)
                .containsOnly(failed.id());
        assertThat(receiver.messages().getLast().body()).contains("two");
        assertThat(newest(webhook).state()).isEqualTo(Delivery.State.DELIVERED);
    }

    @Test
    void whoDoesNotAnswerIsToldADayLongAndOneReceiverDoesNotHoldUpAnother() throws IOException {
        // Given
        String nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "http://127.0.0.1:" + socket.getLocalPort() + "/";
        }
        Webhook dead = registered(nobody, WebhookEvent.VERSION_READY).webhook();
        registered(receiver.url("/"), WebhookEvent.VERSION_READY);
        happens(WebhookEvent.VERSION_READY, "one");

        // When
        lookUntilNothingIsDue();
        int told = receiver.messages().size();
        Optional<Instant> next = Optional.ofNullable(newest(dead).nextAt());
        for (int tries = 0; tries < 20; tries++) {
            clock.advance(Duration.ofHours(3));
            lookUntilNothingIsDue();
        }

        // Then
        assertThat(told).isEqualTo(1);
        assertThat(next).contains(NOW.plusSeconds(5));
        assertThat(newest(dead).state()).isEqualTo(Delivery.State.GIVEN_UP);
        assertThat(newest(dead).lastStatus()).isEqualTo("It cannot be connected to.");
    }

    @Test
    void aRedirectIsNotFollowed() {
        // Given
        Webhook webhook =
                registered(receiver.url("/"), WebhookEvent.VERSION_READY).webhook();
        receiver.answer(302);
        happens(WebhookEvent.VERSION_READY, "one");

        // When
        lookUntilNothingIsDue();

        // Then
        assertThat(receiver.messages()).hasSize(1);
        assertThat(newest(webhook).lastStatus()).isEqualTo("It answered 302.");
    }

    /** A promised upper bound. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void whoNeverAnswersIsLeftAfterFiveSeconds() throws IOException {
        // Given
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            // When
            WebhookSender.Outcome outcome =
                    sender.send(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"), Map.of(), "{}");

            // Then
            assertThat(outcome).isEqualTo(new WebhookSender.Outcome(false, "No answer within 5 seconds."));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://127.0.0.1/, is not public",
        "https://[::1]/, is not public",
        "https://10.1.2.3:8443/x, is not public",
        "https://169.254.169.254/latest, cannot allow it",
        "http://93.184.216.34/, Only https:// is allowed here",
        "https://no-such-host.invalid/, is not known",
        "ftp://example.org/, must be an address",
        "https://user:word@example.org/, must be an address",
        "https:///x, must be an address",
    })
    void whatLeadsInsideIsRefusedWithASentence(String url, String sentence) throws IOException {
        try (HttpWebhookSender strict = new HttpWebhookSender(policy(""), false)) {
            assertThatThrownBy(() -> webhooks(strict).register(alice, RISK, url, Set.of(WebhookEvent.VERSION_READY)))
                    .satisfies(problem -> assertThat(
                                    ((ProblemException) problem).errors().toString())
                            .contains(sentence));
        }
    }

    /** A name may mean another address than when it was registered. */
    @Test
    void whatLeadsInsideByThenIsNotSent() throws IOException {
        try (HttpWebhookSender strict = new HttpWebhookSender(policy(""), true)) {
            // When
            WebhookSender.Outcome outcome = strict.send(URI.create(receiver.url("/")), Map.of(), "{}");

            // Then
            assertThat(outcome.taken()).isFalse();
            assertThat(outcome.status()).contains("is not public", "BENCHTOP_MODEL_WEBHOOK_NETWORKS");
            assertThat(receiver.messages()).isEmpty();
        }
    }

    @Test
    void whatDidNotHappenIsNotTold() {
        // Given
        registered(receiver.url("/"), WebhookEvent.VERSION_READY);

        // When
        assertThatThrownBy(() -> transactions.run(() -> {
                    happens(WebhookEvent.VERSION_READY, "one");
                    throw new IllegalStateException("the change failed");
                }))
                .hasMessage("the change failed");
        lookUntilNothingIsDue();

        // Then
        assertThat(receiver.messages()).isEmpty();
    }
}
