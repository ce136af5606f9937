package io.benchtop.service.profile;

import io.benchtop.api.profile.ProfileRequest;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the audit log says of a profile: what changed, but no value of its environment. */
final class ProfileDifference {

    private ProfileDifference() {}

    /** What it gives and to whom. */
    static String summary(OfferedProfile profile) {
        ProfileRequest all = ProfileDescriptions.complete(profile);
        return "%s, image %s, gpu %s, for %s"
                .formatted(
                        all.resources(),
                        all.image() == null ? "of the installation" : all.image(),
                        all.gpu() == null ? "none" : all.gpu(),
                        all.audience());
    }

    /** The names of the fields that are different, and the summary of what it is now. */
    static String between(OfferedProfile before, OfferedProfile after) {
        ProfileRequest old = ProfileDescriptions.complete(before);
        ProfileRequest now = ProfileDescriptions.complete(after);
        return Arrays.stream(ProfileRequest.class.getRecordComponents())
                        .filter(part -> !Objects.equals(value(part, old), value(part, now)))
                        .map(RecordComponent::getName)
                        .collect(Collectors.joining(", ", "changed: ", "; now "))
                + summary(after);
    }

    private static Object value(RecordComponent part, ProfileRequest of) {
        try {
            return part.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public record's accessor can be called", e);
        }
    }
}
