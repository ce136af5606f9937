package io.benchtop.service.profile;

import static io.benchtop.service.profile.SampleProfile.GIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.benchtop.api.profile.ProfileAudience;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProfileOffersTest {

    private static final Caller ALICE = SampleProfile.caller("alice", Role.DEVELOPER);
    private static final Caller ROOT = SampleProfile.caller("root", Role.ADMIN);
    private static final OptionSlug GPU = new OptionSlug("gpu");
    private static final Overrides BIG = new Overrides(32 * GIB, null, null, null);

    private final ProfileRepository profiles = new FakeProfileRepository();
    private final ProfileOffers offers = offers(null);

    @BeforeEach
    void fill() {
        profiles.insert(SampleProfile.plain("small"));
        profiles.insert(SampleProfile.profile());
        profiles.insert(forUsers("bobs", "bob"));
        profiles.insert(ProfileReading.read(
                SampleProfile.plainRequest("chiefs", new ProfileAudience("roles", List.of("admin")))));
        profiles.insert(SampleProfile.plain("old").retired(true));
    }

    @Test
    void eachPersonIsOfferedWhatTheyMayUse() {
        assertThat(slugs(ALICE)).containsExactly("small", "gpu");
        assertThat(slugs(SampleProfile.caller("bob", Role.DEVELOPER))).containsExactly("small", "gpu", "bobs");
        assertThat(slugs(ROOT)).containsExactly("small", "gpu", "chiefs");
    }

    @Test
    void s14WhatOthersMayUseIsAnsweredAsWhatIsNotThere() {
        for (String slug : List.of("bobs", "chiefs", "old", "nowhere", "../small", "")) {
            refused(() -> offers.get(ALICE, slug), ErrorCode.NOT_FOUND, "There is no profile");
            refused(
                    () -> offers.checked(ALICE, slug, Overrides.NONE),
                    ErrorCode.INVALID_FIELD,
                    "profile: there is no such profile; pick one of small, gpu");
        }
    }

    @Test
    void withoutANameOneGetsTheStandardOrTheFirstThatOneMayUse() {
        assertThat(offers.checked(ALICE, null, Overrides.NONE)).isEqualTo(ProfileChoice.of(GPU));

        // When
        profiles.change(GPU, now -> now.retired(true));

        // Then
        assertThat(offers.checked(ALICE, null, Overrides.NONE).slug().value()).isEqualTo("small");

        // When
        profiles.remove(new OptionSlug("small"));

        // Then
        refused(
                () -> offers.checked(ALICE, null, Overrides.NONE),
                ErrorCode.PROFILE_UNAVAILABLE,
                "Ask an administrator");
    }

    @Test
    void s12AStartIsRefusedWhenTheProfileBecameSmallerForbiddenRetiredOrIsGone() {
        // Given
        ProfileChoice choice = offers.checked(ALICE, "gpu", BIG);
        offers.requireStartable(ALICE, choice);

        // Then
        whenGpuIs(smaller(), choice, "no longer allows what was chosen (overrides.memoryBytes: is fixed");
        whenGpuIs(forUsers("gpu", "bob"), choice, "no longer offered to you");
        whenGpuIs(SampleProfile.profile().retired(true), choice, "was retired");
        whenGpuIs(null, choice, "does not exist any more");
    }

    @Test
    void whatWasPickedLastIsLikelyAsLongAsItCanBeHad() {
        // Given
        assertThat(offers.likely(ALICE)).contains(ProfileChoice.of(GPU));

        // When
        offers.remember(ALICE.user(), new ProfileChoice(GPU, BIG));

        // Then
        assertThat(offers.likely(ALICE)).contains(new ProfileChoice(GPU, BIG));
        assertThat(offers.likely(ROOT)).contains(ProfileChoice.of(GPU));

        // When
        profiles.change(GPU, _ -> smaller());

        // Then
        assertThat(offers.likely(ALICE)).contains(ProfileChoice.of(GPU));
    }

    @Test
    void aWorkspaceWhoseProfileIsGoneOrSmallerCanStillBeDescribed() {
        // When
        profiles.change(GPU, _ -> smaller());
        var specs = offers.describing();

        // Then
        assertThat(specs.apply(new ProfileChoice(GPU, BIG)).resources().memoryBytes())
                .isEqualTo(2 * GIB);
        assertThat(specs.apply(ProfileChoice.of(new OptionSlug("gone")))
                        .resources()
                        .memoryBytes())
                .isNull();
    }

    @Test
    void nobodyIsPromisedMoreMemoryThanTheMachineHas() {
        // Given
        ProfileOffers here = offers(4 * GIB);

        // When
        OfferedProfile fitted = here.get(ALICE, "gpu");

        // Then
        assertThat(fitted.spec().resources().memoryBytes()).isEqualTo(4 * GIB);
        assertThat(fitted.description()).contains("This machine has 4096 MiB of memory");
        assertThat(here.warnings()).singleElement().asString().contains("\"gpu\"");
        assertThat(here.get(ALICE, "small")).isEqualTo(SampleProfile.plain("small"));
        refused(() -> here.checked(ALICE, "gpu", BIG), ErrorCode.INVALID_FIELD, "at most 4294967296");
    }

    private void whenGpuIs(OfferedProfile now, ProfileChoice choice, String words) {
        profiles.remove(GPU);
        if (now != null) {
            profiles.insert(now);
        }
        refused(() -> offers.requireStartable(ALICE, choice), ErrorCode.PROFILE_UNAVAILABLE, words);
        refused(
                () -> offers.requireStartable(ALICE, choice),
                ErrorCode.PROFILE_UNAVAILABLE,
                "Change the workspace's profile, then start it.");
    }

    private static void refused(ThrowingCallable call, ErrorCode code, String words) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code))
                .withMessageContaining(words);
    }

    private List<String> slugs(Caller caller) {
        return offers.of(caller).stream().map(profile -> profile.slug().value()).toList();
    }

    private ProfileOffers offers(Long machineBytes) {
        return new ProfileOffers(profiles, new FakeLastChoices(), GPU, new MachineMemory(machineBytes));
    }

    private static OfferedProfile smaller() {
        return ProfileReading.read(SampleProfile.plainRequest("gpu", SampleProfile.EVERYBODY));
    }

    private static OfferedProfile forUsers(String slug, String user) {
        return ProfileReading.read(SampleProfile.plainRequest(slug, new ProfileAudience("users", List.of(user))));
    }
}
