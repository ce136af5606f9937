package io.benchtop.service.profile;

import io.benchtop.api.profile.OverrideLimits;
import io.benchtop.api.profile.ProfileAudience;
import io.benchtop.api.profile.ProfileGpu;
import io.benchtop.api.profile.ProfileImage;
import io.benchtop.api.profile.ProfileRequest;
import io.benchtop.api.profile.ProfileToleration;
import io.benchtop.api.profile.ProfileVolume;
import io.benchtop.api.profile.RequestedResources;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Credential;
import io.benchtop.service.identity.Role;
import io.benchtop.service.identity.UserName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A profile that has everything, and callers that may use it or not. */
public final class SampleProfile {

    public static final long GIB = 1L << 30;
    public static final String DIGEST = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    public static final ProfileAudience EVERYBODY = new ProfileAudience("everybody", null);

    private SampleProfile() {}

    /** 8 GiB up to 32, 2 CPUs up to 8, 1 GPU up to 4, and two further images. */
    public static ProfileRequest request() {
        return new ProfileRequest(
                "gpu",
                "With a GPU",
                "For training.",
                new RequestedResources(8 * GIB, 1000, 2.0),
                "registry.example.org:5000/notebook/torch-gpu:4.2" + DIGEST,
                List.of(
                        new ProfileImage("jax", "JAX", "registry.example.org/notebook/jax:4.2"),
                        new ProfileImage("r-4", null, "r-notebook")),
                new ProfileGpu("nvidia.com/gpu", 1),
                Map.of("accelerator", "a100", "kubernetes.io/arch", "amd64"),
                List.of(new ProfileToleration("gpu", "only", "NoSchedule"), new ProfileToleration("spot", null, null)),
                List.of(
                        new ProfileVolume("/mnt/datasets", true, "datasets", null, null),
                        new ProfileVolume("/mnt/scratch", false, null, "nfs.example.org", "/scratch")),
                Map.of("OMP_NUM_THREADS", "4"),
                EVERYBODY,
                new OverrideLimits(32 * GIB, 8.0, 4, true),
                "PT10M",
                "PT72H",
                2,
                false,
                null);
    }

    public static OfferedProfile profile() {
        return ProfileReading.read(request());
    }

    /** With 2 GiB and nothing to choose. */
    public static OfferedProfile plain(String slug) {
        return ProfileReading.read(plainRequest(slug, EVERYBODY));
    }

    /** The same with servers that wait. */
    public static OfferedProfile warmed(String slug, int warmServers) {
        return ProfileReading.read(plainRequest(slug, EVERYBODY, warmServers));
    }

    public static ProfileRequest plainRequest(String slug, ProfileAudience audience) {
        return plainRequest(slug, audience, null);
    }

    private static ProfileRequest plainRequest(String slug, ProfileAudience audience, @Nullable Integer warmServers) {
        return new ProfileRequest(
                slug,
                slug,
                null,
                new RequestedResources(2 * GIB, null, null),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                audience,
                null,
                null,
                null,
                warmServers,
                null,
                null);
    }

    public static Caller caller(String name, Role role) {
        return new Caller(
                new UserName(name), name, role, new Credential.Token("tokentokento", Instant.MAX), "127.0.0.1");
    }
}
