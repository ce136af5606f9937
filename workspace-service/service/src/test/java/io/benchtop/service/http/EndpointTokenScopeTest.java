package io.benchtop.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTokenScopeTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/endpoints/orders/outcomes, orders",
        "GET, /api/v1/endpoints/orders/outcomes, ''",
        "POST, /api/v1/endpoints/orders/outcomes/, ''",
        "POST, /api/v1/endpoints/orders/trials, ''",
        "POST, /api/v1/endpoints/orders/../other/outcomes, ''",
        "POST, /api/v1/endpoints//outcomes, ''",
        "POST, /api/v1/endpoints/orders%2foutcomes, ''",
        "POST, /serve/orders/outcomes, ''",
    })
    void onlyOutcomesAreForTokensOfTheirEndpoint(String method, String path, String endpoint) {
        assertThat(EndpointTokenScope.endpoint(method, path)).isEqualTo(endpoint);
    }
}
