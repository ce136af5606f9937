package io.benchtop.sdk.rest;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.ToNumberPolicy;
import io.benchtop.api.error.Problem;
import io.benchtop.sdk.error.BenchtopException;
import java.util.stream.Collectors;

/** JSON of the service as records, with an error for people when it is none. */
public final class Json {

    private static final Gson GSON = new GsonBuilder()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();

    private Json() {}

    /**
     * Reads a record.
     *
     * @param where what was asked, for the error
     * @throws BenchtopException {@code unexpected_answer}
     */
    public static <T> T read(String text, Class<T> type, String where) {
        JsonElement json;
        try {
            json = JsonParser.parseString(text);
        } catch (JsonParseException e) {
            throw noObject(where);
        }
        if (!json.isJsonObject()) {
            throw noObject(where);
        }
        try {
            return GSON.fromJson(json, type);
        } catch (RuntimeException e) {
            // gson wraps what a record's constructor throws in a bare RuntimeException.
            throw new BenchtopException(
                    "unexpected_answer",
                    "The answer to " + where + " cannot be used: " + innermost(e)
                            + ". The service may be of another version than this client.");
        }
    }

    private static BenchtopException noObject(String where) {
        return new BenchtopException(
                "unexpected_answer",
                where
                        + " was not answered with a JSON object; something between here and Benchtop may have answered instead.");
    }

    private static String innermost(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** A problem as one text: its detail, then what is wrong with single fields. */
    static String sentence(Problem problem) {
        var fields = problem.errors().stream()
                .filter(error -> !problem.detail().contains(error.message()))
                .map(error -> error.field() + ": " + error.message())
                .collect(Collectors.joining("; "));
        return fields.isEmpty() ? problem.detail() : problem.detail() + " (" + fields + ")";
    }
}
