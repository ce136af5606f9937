package io.benchtop.service.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.benchtop.service.MutableClock;
import io.benchtop.service.audit.AuditEvent;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.profile.ImageCompatibility.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProfilesTest {

    private static final Caller ROOT = SampleProfile.caller("root", Role.ADMIN);
    private static final Caller ALICE = SampleProfile.caller("alice", Role.DEVELOPER);
    private static final OptionSlug GPU = new OptionSlug("gpu");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-02-01T10:00:00Z"));
    private final ProfileRepository repository = new FakeProfileRepository();
    private final Map<OptionSlug, Integer> use = new HashMap<>();
    private final List<AuditEvent> rows = new ArrayList<>();
    private final AuditTrail audit = new AuditTrail(rows::add, clock);
    private final Transactions transactions = new Directly();
    private final AtomicReference<CountDownLatch> trying = new AtomicReference<>(new CountDownLatch(0));
    private final ImageProbes probes = new ImageProbes(this::probe, repository, clock);
    private final Profiles profiles = profiles(false);

    @AfterEach
    void close() {
        probes.close();
    }

    @Test
    void everyChangeByAnAdministratorLeavesOneRowThatSaysWhatChanged() {
        // When
        profiles.create(ROOT, SampleProfile.profile());
        profiles.replace(ROOT, "gpu", SampleProfile.plain("gpu"));
        profiles.replace(ROOT, "gpu", SampleProfile.plain("gpu"));
        profiles.retire(ROOT, "gpu");
        profiles.retire(ROOT, "gpu");
        profiles.offer(ROOT, "gpu");
        profiles.delete(ROOT, "gpu");

        // Then
        assertThat(rows)
                .extracting(AuditEvent::action)
                .containsExactly(
                        "profile.create", "profile.change", "profile.retire", "profile.offer", "profile.delete");
        assertThat(rows).allSatisfy(row -> assertThat(row.object()).isEqualTo("profile/gpu"));
        assertThat(rows.get(1).detail())
                .contains("changed: displayName", "resources", "image", "env")
                .doesNotContain("OMP");
        assertThat(repository.list()).isEmpty();
    }

    @Test
    void s13OnlyAdministratorsManageProfiles() {
        // Given
        profiles.create(ROOT, SampleProfile.profile());

        // Then
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> profiles.list(ALICE),
                () -> profiles.get(ALICE, "gpu"),
                () -> profiles.use(ALICE),
                () -> profiles.create(ALICE, SampleProfile.plain("mine")),
                () -> profiles.replace(ALICE, "gpu", SampleProfile.plain("gpu")),
                () -> profiles.retire(ALICE, "gpu"),
                () -> profiles.offer(ALICE, "gpu"),
                () -> profiles.probe(ALICE, "gpu"),
                () -> profiles.delete(ALICE, "gpu"))) {
            refused(call, ErrorCode.FORBIDDEN, "needs the role admin");
        }
        assertThat(repository.list()).hasSize(1);
    }

    @Test
    void aProfileThatWorkspacesHaveIsNotDeletedAndItIsSaidHowManyTheyAre() {
        // Given
        profiles.create(ROOT, SampleProfile.profile());
        use.put(GPU, 3);

        // Then
        refused(() -> profiles.delete(ROOT, "gpu"), ErrorCode.CONFLICT, "is that of 3 workspaces. Retire it instead");
        assertThat(repository.find(GPU)).isPresent();
    }

    @Test
    void aSlugIsTakenOnceAndNeverChanges() {
        // Given
        profiles.create(ROOT, SampleProfile.profile());

        // Then
        refused(
                () -> profiles.create(ROOT, SampleProfile.plain("gpu")),
                ErrorCode.ALREADY_EXISTS,
                "Choose another slug");
        refused(
                () -> profiles.replace(ROOT, "gpu", SampleProfile.plain("other")),
                ErrorCode.INVALID_FIELD,
                "must stay \"gpu\"");
        refused(() -> profiles.replace(ROOT, "gone", SampleProfile.plain("gone")), ErrorCode.NOT_FOUND, "gone");
    }

    @Test
    void imagesAreProbedWhenTheyAreNewAndWhatIsKnownStays() {
        // Given
        trying.set(new CountDownLatch(1));

        // When
        OfferedProfile made = profiles.create(ROOT, SampleProfile.profile());

        // Then
        assertThat(made.compatibility()).hasSize(3).allSatisfy(found -> {
            assertThat(found.verdict()).isEqualTo(Verdict.PROBING);
            assertThat(found.message()).startsWith("It is being tried");
        });

        // When
        trying.get().countDown();

        // Then
        awaitVerdicts(3);
        assertThat(repository.find(GPU).orElseThrow().compatibility())
                .extracting(found -> found.image() + " " + found.verdict())
                .contains("registry.example.org/notebook/jax:4.2 COMPATIBLE", "r-notebook NOT_PROBED");

        // When
        profiles.replace(ROOT, "gpu", SampleProfile.plain("gpu"));

        // Then
        assertThat(repository.find(GPU).orElseThrow().compatibility()).isEmpty();
    }

    @Test
    void lockedProfilesAreChangedInTheConfigurationOnly() {
        // Given
        Profiles locked = profiles(true);
        new ProfileSeed(repository, transactions, audit)
                .plant(ProfileSeed.defaults(), new OptionSlug("standard"), true);

        // Then
        refused(() -> locked.create(ROOT, SampleProfile.profile()), ErrorCode.CONFLICT, "come from its configuration");
        refused(() -> locked.delete(ROOT, "small"), ErrorCode.CONFLICT, "come from its configuration");
        refused(() -> locked.retire(ROOT, "small"), ErrorCode.CONFLICT, "come from its configuration");
        assertThat(locked.list(ROOT)).hasSize(3);
    }

    @Test
    void configuredProfilesArePlantedOnceAndAdministratorsGoOnFromThere() {
        // Given
        ProfileSeed seed = new ProfileSeed(repository, transactions, audit);
        seed.plant(List.of(SampleProfile.plain("a"), SampleProfile.plain("b")), new OptionSlug("a"), false);
        profiles.delete(ROOT, "b");

        // When
        seed.plant(List.of(SampleProfile.plain("a"), SampleProfile.plain("b")), new OptionSlug("a"), false);

        // Then
        assertThat(repository.list()).containsExactly(SampleProfile.plain("a"));
    }

    @Test
    void lockedProfilesAreMadeAsConfiguredAtEveryStartAndOthersAreRetired() {
        // Given
        ProfileSeed seed = new ProfileSeed(repository, transactions, audit);
        seed.plant(List.of(SampleProfile.profile(), SampleProfile.plain("b")), GPU, false);

        // When
        seed.plant(List.of(SampleProfile.plain("gpu"), SampleProfile.plain("c")), GPU, true);
        int after = rows.size();
        seed.plant(List.of(SampleProfile.plain("gpu"), SampleProfile.plain("c")), GPU, true);

        // Then
        assertThat(rows).hasSize(after);
        assertThat(repository.list())
                .containsExactly(
                        SampleProfile.plain("gpu"), SampleProfile.plain("b").retired(true), SampleProfile.plain("c"));
    }

    @Test
    void s12AConfigurationThatContradictsItselfStopsTheStart() {
        // Given
        ProfileSeed seed = new ProfileSeed(repository, transactions, audit);
        OfferedProfile a = SampleProfile.plain("a");

        // Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> seed.plant(List.of(a, a), new OptionSlug("a"), false))
                .withMessageContaining("same slug");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> seed.plant(List.of(a), new OptionSlug("b"), false))
                .withMessageContaining("default profile \"b\" is not one");
    }

    private ImageCompatibility probe(ImageReference image, ServerSpec spec) {
        try {
            trying.get().await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the service ended meanwhile", e);
        }
        if (image.value().equals("r-notebook")) {
            throw new IllegalStateException("the cluster does not answer");
        }
        return new ImageCompatibility(
                image, Verdict.COMPATIBLE, "2.17.0", "3.13.1", 1000L, clock.instant(), "It came up.");
    }

    private void awaitVerdicts(int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(repository.find(GPU).orElseThrow().compatibility())
                                .hasSize(count)
                                .noneMatch(found -> found.verdict() == Verdict.PROBING));
    }

    private Profiles profiles(boolean locked) {
        return new Profiles(repository, () -> use, probes, transactions, audit, locked);
    }

    private static void refused(ThrowingCallable call, ErrorCode code, String words) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code))
                .withMessageContaining(words);
    }

    /** Memory needs no transaction. */
    private static final class Directly implements Transactions {

        @Override
        public <T> T call(Supplier<T> work) {
            return work.get();
        }
    }
}
