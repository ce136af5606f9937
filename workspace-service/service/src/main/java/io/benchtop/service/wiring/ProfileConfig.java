package io.benchtop.service.wiring;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;
import java.util.Optional;

/**
 * One profile, {@code benchtop.profiles.<slug>}, as far as single values go; what needs lists and maps is written in the file
 * {@code benchtop.profiles-file}. The first one configured replaces all that are built in.
 */
@EachProperty("benchtop.profiles")
public interface ProfileConfig {

    @Parameter
    String getSlug();

    Optional<String> getDisplayName();

    @Bindable(defaultValue = "")
    String getDescription();

    Optional<Long> getMemoryBytes();

    Optional<Integer> getProcesses();

    Optional<Double> getCpus();

    Optional<String> getImage();

    /** The extended resource, such as {@code nvidia.com/gpu}. */
    Optional<String> getGpu();

    /** How many of them. */
    @Bindable(defaultValue = "1")
    int getGpus();

    /** Who may use it; everybody if none is named. */
    Optional<List<String>> getRoles();
}
