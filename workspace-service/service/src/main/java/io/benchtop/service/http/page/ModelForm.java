package io.benchtop.service.http.page;

import io.benchtop.service.model.RegisteredModel;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said of a model, as text in a form and back. */
final class ModelForm {

    private ModelForm() {}

    static Form of(RegisteredModel model) {
        return Form.of(Map.of(
                "description",
                model.description(),
                "readers",
                String.join(", ", model.readers()),
                "publishers",
                String.join(", ", model.publishers()),
                "approval",
                model.approvalRequired() ? "true" : ""));
    }

    static String description(Form form) {
        return form.value("description").replace("\r\n", "\n").strip();
    }

    /** Names with commas or spaces between them. */
    static Set<String> names(Form form, String field) {
        return Arrays.stream(form.value(field).split("[\\s,;]+", -1))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
