package io.benchtop.service.wiring;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/** How workspaces behave ({@code BENCHTOP_WORKSPACES_QUOTA} …). Wrong values stop the start. */
@ConfigurationProperties("benchtop.workspaces")
public interface WorkspaceConfig {

    /** How many workspaces one person may have. */
    @Bindable(defaultValue = "20")
    int getQuota();

    /** How many servers may start at the same time; the others are queued. */
    @Bindable(defaultValue = "4")
    int getConcurrentStarts();

    /** How long a server may take until it answers. */
    @Bindable(defaultValue = "60s")
    Duration getStartTimeout();

    /** How often the world is compared with what is wanted. */
    @Bindable(defaultValue = "5s")
    Duration getLookEvery();

    /** Slug of the profile that is taken when none is named. */
    @Bindable(defaultValue = "standard")
    String getDefaultProfile();
}
