package io.benchtop.service.endpoint.jdbc;

import static io.benchtop.service.endpoint.EndpointExamples.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.EndpointExamples;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EndpointJsonTest {

    @Test
    void anEndpointOfBeforeThereWasHardwareRunsOnTheUsual() {
        // Given
        Endpoint endpoint = EndpointExamples.serving("orders", OLD);
        String now = EndpointJson.write(EndpointJson.Wanted.of(endpoint));
        String before = now.replace("\"hardware\":\"default\",", "");

        // Then
        assertThat(before).isNotEqualTo(now);
        assertThat(EndpointJson.wanted(before).settings(Set.of())).isEqualTo(endpoint.settings());
    }
}
