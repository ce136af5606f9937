package io.benchtop.service.http.api;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import io.benchtop.api.model.ModelSample;
import io.benchtop.api.model.SampleTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to try an endpoint with: the first rows of the sample that a version was published with. Samples may be long, and a
 * person wants to read and change one.
 */
final class SampleRequest {

    /** What is shown where there is no sample to see. */
    static final String NONE = "{\"inputs\":[]}";

    private static final long MOST_ROWS = 2;
    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            // Whole numbers stay whole: a model that wants INT64 takes no 1.0.
            .setObjectToNumberStrategy(ToNumberPolicy.LAZILY_PARSED_NUMBER)
            .create();

    private SampleRequest() {}

    /** In one line; {@link #NONE} for what is no sample. */
    static String of(String sample) {
        try {
            ModelSample read = GSON.fromJson(sample, ModelSample.class);
            return read == null || read.inputs().isEmpty() ? NONE : of(read.inputs());
        } catch (RuntimeException _) {
            // Whoever published it wrote it: it may be anything, and Gson says so in several ways.
            return NONE;
        }
    }

    private static String of(List<SampleTensor> inputs) {
        long rows = rows(inputs);
        List<Map<String, Object>> told = new ArrayList<>();
        for (SampleTensor input : inputs) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", input.name());
            one.put("datatype", input.datatype());
            one.put("shape", rows == 0 ? input.shape() : shortened(input.shape(), rows));
            one.put("data", rows == 0 ? input.data() : first(input, rows));
            told.add(one);
        }
        return GSON.toJson(Map.of("inputs", told));
    }

    /** How many rows are told; 0 for all, where the inputs do not have rows in common. */
    private static long rows(List<SampleTensor> inputs) {
        long all = inputs.getFirst().shape().isEmpty()
                ? 0
                : inputs.getFirst().shape().getFirst();
        boolean common = inputs.stream()
                .allMatch(input -> !input.shape().isEmpty()
                        && input.shape().getFirst() == all
                        && all > 0
                        && input.data().size() % all == 0);
        return common && all > MOST_ROWS ? MOST_ROWS : 0;
    }

    private static List<Long> shortened(List<Long> shape, long rows) {
        List<Long> fewer = new ArrayList<>(shape);
        fewer.set(0, rows);
        return fewer;
    }

    private static List<@Nullable Object> first(SampleTensor input, long rows) {
        long each = input.data().size() / input.shape().getFirst();
        return input.data().subList(0, Math.toIntExact(each * rows));
    }
}
