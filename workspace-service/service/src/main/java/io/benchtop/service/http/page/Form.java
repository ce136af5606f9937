package io.benchtop.service.http.page;

import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.problem.ProblemException.FieldError;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a person typed into a form and what was refused about it. A refused form is shown again with everything that was
 * typed but the passwords.
 *
 * @param values by name of the field
 * @param errors by name of the field
 * @param problem what is wrong with the form as a whole; null if nothing, or if the errors say it
 */
record Form(
        Map<String, String> values,
        Map<String, String> errors,
        @Nullable String problem) {

    static final Form EMPTY = new Form(Map.of(), Map.of(), null);

    Form {
        values = Map.copyOf(values);
        errors = Map.copyOf(errors);
    }

    static Form of(Map<String, String> values) {
        return new Form(values, Map.of(), null);
    }

    /** What was refused, at the fields that the form has; anything else is said about the form as a whole. */
    Form refused(ProblemException refusal) {
        Map<String, String> refusedFields = new HashMap<>();
        for (FieldError error : refusal.errors()) {
            if (values.containsKey(error.field())) {
                refusedFields.putIfAbsent(error.field(), sentence(error.message()));
            }
        }
        return new Form(values, refusedFields, refusedFields.isEmpty() ? refusal.detail() : null);
    }

    /** With a field under the name that the use case has for it. */
    Form calling(String field, String name) {
        Map<String, String> renamed = new HashMap<>(values);
        renamed.put(name, value(field));
        return new Form(renamed, errors, problem);
    }

    /** With the error of that name told at the form's own field. */
    Form tellingAt(String field, String name) {
        String error = errors.get(name);
        return error == null ? this : new Form(values, Map.of(field, error), problem);
    }

    String value(String name) {
        return values.getOrDefault(name, "");
    }

    @Nullable
    String error(String name) {
        return errors.get(name);
    }

    /** Use cases say what a field must be; a person reads it under the field. */
    static String sentence(String message) {
        boolean bare = Stream.of("must ", "is ", "cannot ").anyMatch(message::startsWith);
        String text = bare ? "It " + message : capitalised(message);
        return text.endsWith(".") ? text : text + ".";
    }

    private static String capitalised(String message) {
        return message.isEmpty() ? message : Character.toUpperCase(message.charAt(0)) + message.substring(1);
    }
}
