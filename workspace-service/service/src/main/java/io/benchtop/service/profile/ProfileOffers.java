package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What each person may pick, and what becomes of a choice. Asked anew each time: a profile may have become forbidden,
 * retired or smaller since the choice was made.
 */
public final class ProfileOffers {

    private final ProfileRepository profiles;
    private final LastChoices lastChoices;
    private final OptionSlug standard;
    private final MachineMemory machine;

    /** @param standard the one that is taken when none is named, by whoever may use it */
    public ProfileOffers(
            ProfileRepository profiles, LastChoices lastChoices, OptionSlug standard, MachineMemory machine) {
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.lastChoices = requireNonNull(lastChoices, "lastChoices is null");
        this.standard = requireNonNull(standard, "standard is null");
        this.machine = requireNonNull(machine, "machine is null");
    }

    /** Those that the caller may use, in the order to show them. */
    public List<OfferedProfile> of(Caller caller) {
        return profiles.list().stream()
                .filter(profile -> isOffered(profile, caller))
                .map(machine::fitted)
                .toList();
    }

    /** One that the caller may use. One that others may use is answered as one that does not exist (SECURITY.md S14). */
    public OfferedProfile get(Caller caller, String slug) {
        return OptionSlug.find(slug)
                .flatMap(profiles::find)
                .filter(profile -> isOffered(profile, caller))
                .map(machine::fitted)
                .orElseThrow(() -> ProblemException.notFound("profile", slug));
    }

    /** The one that the caller gets without naming one. */
    public Optional<OfferedProfile> standard(Caller caller) {
        List<OfferedProfile> offered = of(caller);
        return offered.stream()
                .filter(profile -> profile.slug().equals(standard))
                .findFirst()
                .or(() -> offered.stream().findFirst());
    }

    /** What the caller will most likely pick: what they picked last if it is still there, or else the standard. */
    public Optional<ProfileChoice> likely(Caller caller) {
        return lastChoices
                .find(caller.user())
                .filter(choice -> isAllowed(caller, choice))
                .or(() -> standard(caller).map(OfferedProfile::slug).map(ProfileChoice::of));
    }

    public void remember(UserName user, ProfileChoice choice) {
        lastChoices.remember(user, choice);
    }

    /**
     * A choice for a workspace.
     *
     * @param slug null for the standard
     */
    public ProfileChoice checked(Caller caller, @Nullable String slug, Overrides overrides) {
        OfferedProfile profile =
                slug == null ? standard(caller).orElseThrow(ProfileOffers::noneAtAll) : picked(caller, slug);
        ServerSpecs.of(profile, overrides);
        return new ProfileChoice(profile.slug(), overrides);
    }

    private OfferedProfile picked(Caller caller, String slug) {
        List<OfferedProfile> offered = of(caller);
        return offered.stream()
                .filter(profile -> profile.slug().value().equals(slug))
                .findFirst()
                .orElseThrow(() -> offered.isEmpty()
                        ? noneAtAll()
                        : ProblemException.invalidField(
                                "profile",
                                "there is no such profile; pick one of "
                                        + offered.stream()
                                                .map(profile -> profile.slug().value())
                                                .collect(Collectors.joining(", "))));
    }

    private static ProblemException noneAtAll() {
        return unavailable("There is no profile that you may use. Ask an administrator to offer you one.");
    }

    /** Refuses to start what was chosen when it could still be. */
    public void requireStartable(Caller caller, ProfileChoice choice) {
        OfferedProfile profile = existing(choice);
        if (!profile.audience().includes(caller)) {
            throw unavailable("The profile \"" + choice.slug()
                    + "\" is no longer offered to you. Change the workspace's profile, then start it.");
        }
        if (profile.retired()) {
            throw unavailable("The profile \"" + choice.slug()
                    + "\" was retired. Change the workspace's profile, then start it.");
        }
        spec(choice);
    }

    /** Those for which servers wait, whoever may use them. */
    public List<OfferedProfile> warmed() {
        return profiles.list().stream()
                .filter(profile -> !profile.retired() && profile.warmServers() > 0)
                .map(machine::fitted)
                .toList();
    }

    /** What a server of this choice is made of. */
    public ServerSpec spec(ProfileChoice choice) {
        try {
            return ServerSpecs.of(existing(choice), choice.overrides());
        } catch (ProblemException refused) {
            throw refused.code() == ErrorCode.PROFILE_UNAVAILABLE
                    ? refused
                    : unavailable("The profile \"" + choice.slug() + "\" no longer allows what was chosen ("
                            + refused.detail() + "). Change the workspace's profile, then start it.");
        }
    }

    /** How long a server of this choice may take until it answers; null for as long as any. */
    public @Nullable Duration startTimeout(ProfileChoice choice) {
        return existing(choice).startTimeout();
    }

    /** What servers would be made of, for telling and not for starting; looks at the profiles only this once. */
    public Function<ProfileChoice, ServerSpec> describing() {
        Map<OptionSlug, OfferedProfile> all = profiles.list().stream()
                .map(machine::fitted)
                .collect(Collectors.toMap(OfferedProfile::slug, Function.identity()));
        return choice -> described(all.get(choice.slug()), choice.overrides());
    }

    private static ServerSpec described(@Nullable OfferedProfile profile, Overrides overrides) {
        if (profile == null) {
            return ServerSpec.of(new Resources(null, null, null));
        }
        try {
            return ServerSpecs.of(profile, overrides);
        } catch (ProblemException noLongerAllowed) {
            return profile.spec();
        }
    }

    /** Sentences about profiles that are not as they were meant. */
    public List<String> warnings() {
        return machine.warnings(profiles.list());
    }

    private boolean isAllowed(Caller caller, ProfileChoice choice) {
        try {
            requireStartable(caller, choice);
            return true;
        } catch (ProblemException refused) {
            return false;
        }
    }

    private OfferedProfile existing(ProfileChoice choice) {
        return profiles.find(choice.slug())
                .map(machine::fitted)
                .orElseThrow(() -> unavailable("The profile \"" + choice.slug()
                        + "\" does not exist any more. Change the workspace's profile, then start it."));
    }

    private static boolean isOffered(OfferedProfile profile, Caller caller) {
        return !profile.retired() && profile.audience().includes(caller);
    }

    private static ProblemException unavailable(String sentence) {
        return ProblemException.of(ErrorCode.PROFILE_UNAVAILABLE, sentence);
    }
}
