package io.benchtop.service.http.page;

import io.benchtop.service.dataset.Dataset;
import io.benchtop.service.problem.ProblemException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is said of a dataset, as text in a form and back. */
final class DatasetForm {

    private DatasetForm() {}

    static Form of(Dataset dataset) {
        return Form.of(Map.of(
                "description",
                dataset.description(),
                "readers",
                String.join(", ", dataset.readers()),
                "tags",
                text(dataset.tags())));
    }

    static String description(Form form) {
        return form.value("description").replace("\r\n", "\n").strip();
    }

    static Set<String> readers(Form form) {
        return Arrays.stream(form.value("readers").split("[\\s,;]+", -1))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** One in a line, with the sign = behind its name. */
    static Map<String, String> tags(Form form) {
        Map<String, String> tags = new TreeMap<>();
        form.value("tags")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(line -> {
                    int sign = line.indexOf('=');
                    if (sign < 1) {
                        throw ProblemException.invalidField("tags", "must be one in a line, such as team = sales");
                    }
                    tags.put(
                            line.substring(0, sign).strip(),
                            line.substring(sign + 1).strip());
                });
        return tags;
    }

    /** A tag of a program may have several lines, which the form cannot show: what nobody changed stays as it is. */
    static boolean changesTags(Form form, Dataset dataset) {
        return !form.value("tags").replace("\r\n", "\n").strip().equals(text(dataset.tags()));
    }

    private static String text(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> tag.getKey() + " = " + tag.getValue())
                .collect(Collectors.joining("\n"))
                .replace("\r\n", "\n")
                .strip();
    }
}
