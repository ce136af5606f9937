package io.benchtop.api.error;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every error answer, {@code application/problem+json}.
 *
 * @param type a URI that names the kind of problem; {@code about:blank} where the code says it all
 * @param title the kind of problem in a few words
 * @param status the HTTP status
 * @param code what a program decides by, for example {@code workspace_not_running}
 * @param detail a sentence for a person: what is wrong, with which thing, and what to do
 * @param instance the path of the request
 * @param errors what is wrong with single fields of the request, empty for every other problem
 */
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        @Nullable String instance,
        List<FieldError> errors) {

    public Problem {
        requireNonNull(code, "code is null");
        type = type == null ? "about:blank" : type;
        title = title == null ? code : title;
        detail = detail == null ? title : detail;
        errors = errors == null ? List.of() : List.copyOf(errors);
    }
}
