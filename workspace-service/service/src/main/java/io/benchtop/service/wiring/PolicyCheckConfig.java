package io.benchtop.service.wiring;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the self-test of network policies is made ({@code BENCHTOP_POLICY_CHECK_IMAGE} …); the chart says all of it. Without an
 * image there is none.
 */
@ConfigurationProperties("benchtop.policy-check")
public interface PolicyCheckConfig {

    /** The service's own image. */
    Optional<String> getImage();

    /** What starts the prober in that image, before its arguments. */
    @Bindable(
            defaultValue =
                    "/opt/runtime/bin/java,-Xmx32m,-XX:+UseSerialGC,-XX:TieredStopAtLevel=1,-cp,/opt/benchtop/benchtop-service.jar,"
                            + "io.benchtop.service.spawn.policycheck.Prober")
    List<String> getCommand();

    /** Where servers reach the proxy, which they may. */
    @Bindable(defaultValue = "http://127.0.0.1:8080")
    URI getPlatformUrl();

    /** The address of this pod, whose ports servers must not reach. */
    Optional<String> getPodAddress();

    /** How long a pod may take to start or to end. */
    @Bindable(defaultValue = "3m")
    Duration getPatience();

    /** How often it is tried again while policies are enforced. */
    @Bindable(defaultValue = "6h")
    Duration getEvery();

    /** How soon when they are not or nobody knows; the wait doubles each time, up to the other. */
    @Bindable(defaultValue = "1m")
    Duration getRetry();
}
