package io.benchtop.service.profile;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.benchtop.api.profile.OverrideLimits;
import io.benchtop.api.profile.ProfileAudience;
import io.benchtop.api.profile.ProfileGpu;
import io.benchtop.api.profile.ProfileImage;
import io.benchtop.api.profile.ProfileRequest;
import io.benchtop.api.profile.ProfileToleration;
import io.benchtop.api.profile.ProfileVolume;
import io.benchtop.api.profile.RequestedResources;
import io.benchtop.api.profile.Resources;
import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a profile of what somebody wrote, in a request, a form, the configuration or a row of the database: all come this one
 * way, so that none gets around a check. Every wrong field is named, not only the first.
 */
public final class ProfileReading {

    private static final long MOST_MEMORY = 1L << 50;
    private static final int MOST_PROCESSES = 1 << 22;
    private static final int MOST_CPUS = 1024;
    private static final Duration LONGEST_START = Duration.ofHours(24);
    private static final Duration LONGEST_LIFE = Duration.ofDays(366);

    private final FieldErrors errors = new FieldErrors();

    private ProfileReading() {}

    /** @throws ProblemException naming every field that is wrong */
    public static OfferedProfile read(ProfileRequest request) {
        return new ProfileReading().profile(request, null);
    }

    /** Of a profile that is there: its slug need not be said again. */
    public static OfferedProfile read(ProfileRequest request, OptionSlug known) {
        return new ProfileReading().profile(request, known);
    }

    private OfferedProfile profile(ProfileRequest request, @Nullable OptionSlug known) {
        OptionSlug slug = request.slug() == null && known != null
                ? known
                : errors.of("slug", () -> new OptionSlug(present(request.slug())));
        DisplayName name = errors.of("displayName", () -> new DisplayName(present(request.displayName())));
        ServerSpec spec = spec(request);
        List<ImageChoice> images = errors.each("images", request.images(), ProfileReading::image);
        Audience audience = errors.of("audience", () -> audience(request.audience()));
        AllowedOverrides allowed = errors.of("allowedOverrides", () -> allowed(request.allowedOverrides()));
        Duration start = duration("startTimeout", request.startTimeout(), Duration.ofSeconds(1), LONGEST_START);
        Duration life = duration("maxLifetime", request.maxLifetime(), Duration.ofMinutes(1), LONGEST_LIFE);
        Integer warm = bounded("warmServers", request.warmServers(), 0, OfferedProfile.MOST_WARM_SERVERS);
        errors.throwIfAny();
        return new OfferedProfile(
                requireNonNull(slug),
                requireNonNull(name),
                requireNonNullElse(request.description(), ""),
                spec,
                images,
                requireNonNull(audience),
                requireNonNull(allowed),
                start,
                life,
                requireNonNullElse(warm, 0),
                Boolean.TRUE.equals(request.retired()),
                List.of());
    }

    /** Each part is checked as a server that has nothing else, so that the message names the part. */
    private ServerSpec spec(ProfileRequest request) {
        Resources resources = resources(request.resources());
        ImageReference image = request.image() == null
                ? null
                : errors.of("image", () -> new ImageReference(requireNonNull(request.image())));
        Gpu gpu = request.gpu() == null ? null : errors.of("gpu", () -> gpu(requireNonNull(request.gpu())));
        Map<String, String> nodeSelector =
                errors.entries("nodeSelector", request.nodeSelector(), labels -> spec(resources, labels, Map.of()));
        Map<String, String> env = errors.entries("env", request.env(), values -> spec(resources, Map.of(), values));
        List<Toleration> tolerations = errors.each("tolerations", request.tolerations(), ProfileReading::toleration);
        List<ExtraVolume> volumes = errors.each("volumes", request.volumes(), ProfileReading::volume);
        return new ServerSpec(resources, image, gpu, nodeSelector, tolerations, volumes, env);
    }

    private static ServerSpec spec(Resources resources, Map<String, String> labels, Map<String, String> env) {
        return new ServerSpec(resources, null, null, labels, List.of(), List.of(), env);
    }

    private Resources resources(@Nullable RequestedResources asked) {
        if (asked == null) {
            return new Resources(null, null, null);
        }
        return new Resources(
                bounded("resources.memoryBytes", asked.memoryBytes(), Overrides.LEAST_MEMORY, MOST_MEMORY),
                bounded("resources.processes", asked.processes(), 16, MOST_PROCESSES),
                bounded("resources.cpus", asked.cpus(), Overrides.LEAST_CPUS, (double) MOST_CPUS));
    }

    private <N extends Comparable<N>> @Nullable N bounded(String field, @Nullable N asked, N least, N most) {
        if (asked == null || (asked.compareTo(least) >= 0 && asked.compareTo(most) <= 0)) {
            return asked;
        }
        errors.add(field, "must be " + least + " to " + most);
        return null;
    }

    private @Nullable Duration duration(String field, @Nullable String text, Duration least, Duration most) {
        if (text == null) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Said below.
        }
        errors.add(field, "must be an ISO-8601 duration such as PT5M, from " + least + " to " + most);
        return null;
    }

    private static Gpu gpu(ProfileGpu asked) {
        return new Gpu(present("resource", asked.resource()), asked.count() == null ? 1 : asked.count());
    }

    private static ImageChoice image(ProfileImage asked) {
        OptionSlug slug = new OptionSlug(present("slug", asked.slug()));
        return new ImageChoice(
                slug,
                new DisplayName(requireNonNullElse(asked.displayName(), slug.value())),
                new ImageReference(present("image", asked.image())));
    }

    private static Toleration toleration(ProfileToleration asked) {
        return new Toleration(present("key", asked.key()), asked.value(), TaintEffects.parse(asked.effect()));
    }

    private static ExtraVolume volume(ProfileVolume asked) {
        boolean nfs = asked.nfsServer() != null || asked.nfsPath() != null;
        if (nfs == (asked.claim() != null)) {
            throw new IllegalArgumentException("needs either claim, or nfsServer and nfsPath");
        }
        ExtraVolume.Source source = asked.claim() != null
                ? new ExtraVolume.Claim(asked.claim())
                : new ExtraVolume.Nfs(present("nfsServer", asked.nfsServer()), present("nfsPath", asked.nfsPath()));
        return new ExtraVolume(source, present("mountPath", asked.mountPath()), Boolean.TRUE.equals(asked.readOnly()));
    }

    private static Audience audience(@Nullable ProfileAudience asked) {
        String kind = asked == null ? "" : requireNonNullElse(asked.kind(), "");
        List<String> names = asked == null || asked.names() == null ? List.of() : asked.names();
        return switch (kind) {
            case "everybody" -> everybody(names);
            case "roles" -> new Audience.Roles(names.stream().map(Role::parse).collect(Collectors.toSet()));
            case "users" -> new Audience.Users(names.stream().map(UserName::new).collect(Collectors.toSet()));
            default -> throw new IllegalArgumentException("needs a kind: everybody, roles or users");
        };
    }

    private static Audience everybody(List<String> names) {
        if (!names.isEmpty()) {
            throw new IllegalArgumentException(
                    "of kind everybody takes no names; leave them out, or choose roles or users");
        }
        return new Audience.Everybody();
    }

    private static AllowedOverrides allowed(@Nullable OverrideLimits asked) {
        return asked == null
                ? AllowedOverrides.NONE
                : new AllowedOverrides(
                        asked.memoryBytes(), asked.cpus(), asked.gpus(), Boolean.TRUE.equals(asked.image()));
    }

    private static String present(@Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException("is missing");
        }
        return value;
    }

    private static String present(String part, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException("needs a " + part);
        }
        return value;
    }
}
