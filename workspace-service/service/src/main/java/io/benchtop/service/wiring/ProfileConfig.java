package io.benchtop.service.wiring;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.Optional;

/** One profile, {@code benchtop.profiles.<slug>}; the first one configured replaces all that are built in. */
@EachProperty("benchtop.profiles")
public interface ProfileConfig {

    @Parameter
    String getSlug();

    Optional<String> getDisplayName();

    @Bindable(defaultValue = "")
    String getDescription();

    Optional<Long> getMemoryBytes();

    Optional<Integer> getProcesses();
}
