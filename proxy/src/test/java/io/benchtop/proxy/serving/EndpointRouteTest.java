package io.benchtop.proxy.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.EndpointRoute.Range;
import io.benchtop.api.routing.EndpointRoute.Shadow;
import io.benchtop.api.routing.EndpointRoute.Sticky;
import io.benchtop.api.routing.EndpointRoute.Target;
import io.benchtop.api.routing.RouteTable;
import org.junit.jupiter.api.Test;

class EndpointRouteTest {

    @Test
    void s37_everyBucketBelongsToExactlyOneArm() {
        assertThatThrownBy(() -> Routes.of(Sticky.NONE, Routes.arm("1", 0, 9999)))
                .hasMessageContaining("leave out the buckets from 9999");
        assertThatThrownBy(() -> Routes.of(Sticky.NONE, Routes.arm("1", 0, 6000), Routes.arm("2", 5000, 10_000)))
                .hasMessageContaining("share a bucket");
        assertThatThrownBy(() -> Routes.of(Sticky.NONE, Routes.arm("1", 0, 4000), Routes.arm("2", 5000, 10_000)))
                .hasMessageContaining("leave one out");
        assertThatThrownBy(() -> Routes.of(Sticky.NONE, Routes.arm("1", 0, 5000), Routes.arm("1", 5000, 10_000)))
                .hasMessageContaining("two arms");
        assertThatThrownBy(() -> new Range(-1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Range(5, 10_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Shadow("1", Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void secretsAreNotShown() {
        // Given
        String key = "secret-secret-secret";

        // When / Then
        assertThat(new Target("http://127.0.0.1:1", null, key).toString()).doesNotContain(key);
        assertThat(Routes.of(new Sticky(null, true, Routes.COOKIE_KEY), Routes.arm("1", 0, 10_000)))
                .asString()
                .doesNotContain(Routes.COOKIE_KEY, "salt-1");
    }

    @Test
    void whatAnOlderWriterLeavesOutIsEmpty() {
        // Given
        Gson gson = new Gson();

        // When
        RouteTable table = gson.fromJson(
                "{\"revision\":\"1\",\"jwks\":{\"keys\":[]},\"routes\":[],\"revokedSessions\":[]}", RouteTable.class);
        EndpointRoute route = gson.fromJson(
                "{\"name\":\"iris\",\"endpointId\":\"e\",\"owner\":\"olga\",\"salt\":\"s\",\"arms\":[{\"version\":\"1\","
                        + "\"model\":\"iris\",\"ranges\":[{\"from\":0,\"to\":10000}],\"state\":\"ASLEEP\"}]}",
                EndpointRoute.class);

        // Then
        assertThat(table.endpoints()).isEmpty();
        assertThat(route.callers()).isEmpty();
        assertThat(route.sticky()).isEqualTo(Sticky.NONE);
        assertThat(route.arms().getFirst().targets()).isEmpty();
    }
}
