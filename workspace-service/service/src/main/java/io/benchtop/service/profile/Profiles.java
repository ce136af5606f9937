package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What administrators do with profiles. What they made is in force from the next start of a server. */
public final class Profiles {

    private final ProfileRepository profiles;
    private final ProfileUse use;
    private final ImageProbes probes;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final boolean locked;

    /** @param locked whether the configuration alone says what profiles there are */
    public Profiles(
            ProfileRepository profiles,
            ProfileUse use,
            ImageProbes probes,
            Transactions transactions,
            AuditTrail audit,
            boolean locked) {
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.use = requireNonNull(use, "use is null");
        this.probes = requireNonNull(probes, "probes is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.locked = locked;
    }

    public boolean locked() {
        return locked;
    }

    /** As they were made, retired ones too. */
    public List<OfferedProfile> list(Caller admin) {
        admin.require(Role.ADMIN);
        return profiles.list();
    }

    public OfferedProfile get(Caller admin, String slug) {
        admin.require(Role.ADMIN);
        return OptionSlug.find(slug)
                .flatMap(profiles::find)
                .orElseThrow(() -> ProblemException.notFound("profile", slug));
    }

    /** How many workspaces have each. */
    public Map<OptionSlug, Integer> use(Caller admin) {
        admin.require(Role.ADMIN);
        return use.workspaces();
    }

    public OfferedProfile create(Caller admin, OfferedProfile profile) {
        requireChangeable(admin);
        transactions.run(() -> {
            if (!profiles.insert(profile)) {
                throw ProblemException.of(
                        ErrorCode.ALREADY_EXISTS,
                        "There is a profile \"" + profile.slug()
                                + "\" already. Choose another slug, or change that one.");
            }
            audit(admin, "profile.create", profile, ProfileDifference.summary(profile));
        });
        return probing(profile);
    }

    /** Makes the profile what is given; its slug stays, and so does what is known of images that it still has. */
    public OfferedProfile replace(Caller admin, String slug, OfferedProfile profile) {
        OfferedProfile before = changeable(admin, slug);
        if (!before.slug().equals(profile.slug())) {
            throw ProblemException.invalidField(
                    "slug", "must stay \"" + before.slug() + "\": workspaces go by it. Make another profile instead");
        }
        OfferedProfile after = change(admin, before, "profile.change", now -> profile.with(now.compatibility()));
        return probing(after);
    }

    /** As it is when its images are being tried. */
    private OfferedProfile probing(OfferedProfile profile) {
        probes.begin(profile);
        return profiles.find(profile.slug()).orElse(profile);
    }

    public OfferedProfile retire(Caller admin, String slug) {
        return change(admin, changeable(admin, slug), "profile.retire", now -> now.retired(true));
    }

    /** Offers a retired one again. */
    public OfferedProfile offer(Caller admin, String slug) {
        return change(admin, changeable(admin, slug), "profile.offer", now -> now.retired(false));
    }

    public void delete(Caller admin, String slug) {
        OfferedProfile profile = changeable(admin, slug);
        transactions.run(() -> {
            int workspaces = use.workspaces(profile.slug());
            if (workspaces > 0) {
                throw ProblemException.of(
                        ErrorCode.CONFLICT,
                        "The profile \"%s\" is that of %s. Retire it instead, or give them another one first."
                                .formatted(slug, workspaces == 1 ? "1 workspace" : workspaces + " workspaces"));
            }
            profiles.remove(profile.slug());
            audit(admin, "profile.delete", profile, ProfileDifference.summary(profile));
        });
    }

    /** Starts its images once more to see whether they work; the answer is recorded when it is there. */
    public void probe(Caller admin, String slug) {
        OfferedProfile profile = get(admin, slug);
        audit(admin, "profile.probe", profile, "");
        probes.beginAnew(profile);
    }

    private OfferedProfile change(
            Caller admin, OfferedProfile known, String action, UnaryOperator<OfferedProfile> change) {
        return transactions.call(() -> {
            OfferedProfile[] earlier = {known};
            OfferedProfile after = profiles.change(known.slug(), now -> {
                        earlier[0] = now;
                        return change.apply(now);
                    })
                    .orElseThrow(() ->
                            ProblemException.notFound("profile", known.slug().value()));
            if (!after.equals(earlier[0])) {
                audit(admin, action, after, ProfileDifference.between(earlier[0], after));
            }
            return after;
        });
    }

    private OfferedProfile changeable(Caller admin, String slug) {
        requireChangeable(admin);
        return get(admin, slug);
    }

    private void requireChangeable(Caller admin) {
        admin.require(Role.ADMIN);
        if (locked) {
            throw ProblemException.of(
                    ErrorCode.CONFLICT,
                    "The profiles of this installation come from its configuration (benchtop.profile-locked)."
                            + " Change them there and restart.");
        }
    }

    private void audit(Caller admin, String action, OfferedProfile profile, String detail) {
        audit.done(admin.user().value(), admin.address(), action, "profile/" + profile.slug(), detail);
    }
}
