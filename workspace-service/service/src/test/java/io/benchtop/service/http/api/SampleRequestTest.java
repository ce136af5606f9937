package io.benchtop.service.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleRequestTest {

    @Test
    void aLongSampleIsCutToItsFirstRows() {
        // Given
        String sample = """
                {"inputs":[{"name":"X","datatype":"FP32","shape":[3,2],"data":[1,2,3,4,5,6]},
                {"name":"s","datatype":"BYTES","shape":[3],"data":["a'",null,"c"]}],"outputs":[]}""";

        // Then
        assertThat(SampleRequest.of(sample))
                .isEqualTo("{\"inputs\":[{\"name\":\"X\",\"datatype\":\"FP32\",\"shape\":[2,2],\"data\":[1,2,3,4]},"
                        + "{\"name\":\"s\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"a'\",null]}]}");
    }

    @Test
    void inputsThatHaveNoRowsInCommonStayWhole() {
        // Given
        String sample = """
                {"inputs":[{"name":"X","datatype":"INT64","shape":[3],"data":[1,2,3]},
                {"name":"k","datatype":"INT64","shape":[],"data":[7]}],"outputs":[]}""";

        // Then
        assertThat(SampleRequest.of(sample)).contains("\"shape\":[3]", "\"data\":[1,2,3]", "\"data\":[7]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{}", "{\"inputs\":[{}]}", "{\"inputs\":7}"})
    void whatIsNoSampleIsNone(String text) {
        assertThat(SampleRequest.of(text)).isEqualTo(SampleRequest.NONE);
    }
}
