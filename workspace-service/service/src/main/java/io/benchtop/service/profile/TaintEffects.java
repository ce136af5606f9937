package io.benchtop.service.profile;

import io.benchtop.service.profile.Toleration.Effect;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/** What a taint does, in the words of Kubernetes. */
final class TaintEffects {

    private static final Map<String, Effect> EFFECTS = Map.of(
            "NoSchedule", Effect.NO_SCHEDULE,
            "PreferNoSchedule", Effect.PREFER_NO_SCHEDULE,
            "NoExecute", Effect.NO_EXECUTE);

    private TaintEffects() {}

    static @Nullable Effect parse(@Nullable String text) {
        if (text != null && !EFFECTS.containsKey(text)) {
            throw new IllegalArgumentException("has an effect other than NoSchedule, PreferNoSchedule and NoExecute");
        }
        return text == null ? null : EFFECTS.get(text);
    }

    static @Nullable String word(@Nullable Effect effect) {
        return EFFECTS.entrySet().stream()
                .filter(entry -> entry.getValue() == effect)
                .map(Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
