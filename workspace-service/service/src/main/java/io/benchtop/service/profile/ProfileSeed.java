package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.profile.Resources;
import io.benchtop.service.audit.AuditTrail;
import io.benchtop.service.audit.Transactions;
import io.benchtop.service.identity.DisplayName;
import java.util.List;

/**
 * Puts the configured profiles into the database at a start: once, when there are none, so that administrators go on from
 * there; or at every start, if the configuration is to stay the only word. A locked profile that is not configured any more
 * is retired, because workspaces may still go by it. Every replica may do this at the same time.
 */
public final class ProfileSeed {

    /** Slug of the one that is taken when none is named, unless configured otherwise. */
    public static final String STANDARD = "standard";

    private static final long GIBIBYTE = 1L << 30;

    private final ProfileRepository profiles;
    private final Transactions transactions;
    private final AuditTrail audit;

    public ProfileSeed(ProfileRepository profiles, Transactions transactions, AuditTrail audit) {
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.transactions = requireNonNull(transactions, "transactions is null");
        this.audit = requireNonNull(audit, "audit is null");
    }

    /** What is offered when nothing is configured. */
    public static List<OfferedProfile> defaults() {
        return List.of(
                profile("small", "Small", "For a few small tables and plots.", 2),
                profile(STANDARD, "Standard", "For everyday work.", 4),
                profile("large", "Large", "For data that fills some gigabytes of memory.", 8));
    }

    private static OfferedProfile profile(String slug, String displayName, String description, int gibibytes) {
        return new OfferedProfile(
                new OptionSlug(slug),
                new DisplayName(displayName),
                description,
                ServerSpec.of(new Resources(gibibytes * GIBIBYTE, 256 * gibibytes, null)),
                List.of(),
                new Audience.Everybody(),
                AllowedOverrides.NONE,
                null,
                null,
                0,
                false,
                List.of());
    }

    /**
     * @param configured in the order to show them
     * @param standard must be one of them
     */
    public void plant(List<OfferedProfile> configured, OptionSlug standard, boolean locked) {
        if (configured.stream().map(OfferedProfile::slug).distinct().count() != configured.size()) {
            throw new IllegalArgumentException("two of the configured profiles have the same slug");
        }
        if (configured.stream().noneMatch(profile -> profile.slug().equals(standard))) {
            throw new IllegalArgumentException("the default profile \"" + standard
                    + "\" is not one of the configured profiles; configure it or name another");
        }
        transactions.run(() -> {
            if (locked) {
                configured.forEach(this::enforce);
                retireOthers(configured);
            } else if (profiles.list().isEmpty()) {
                configured.forEach(this::insert);
            }
        });
    }

    private void enforce(OfferedProfile configured) {
        if (insert(configured)) {
            return;
        }
        OfferedProfile before = profiles.find(configured.slug()).orElseThrow();
        OfferedProfile after = configured.with(before.compatibility());
        if (!after.equals(before)) {
            profiles.change(configured.slug(), _ -> after);
            tell("profile.change", after, ProfileDifference.between(before, after));
        }
    }

    private void retireOthers(List<OfferedProfile> configured) {
        for (OfferedProfile profile : profiles.list()) {
            boolean gone = configured.stream().noneMatch(it -> it.slug().equals(profile.slug()));
            if (gone && !profile.retired()) {
                profiles.change(profile.slug(), now -> now.retired(true));
                tell("profile.retire", profile, "no longer configured");
            }
        }
    }

    private boolean insert(OfferedProfile configured) {
        boolean inserted = profiles.insert(configured);
        if (inserted) {
            tell("profile.create", configured, ProfileDifference.summary(configured));
        }
        return inserted;
    }

    private void tell(String action, OfferedProfile profile, String detail) {
        audit.done(AuditTrail.SYSTEM, "", action, "profile/" + profile.slug(), "configured: " + detail);
    }
}
