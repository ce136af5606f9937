package io.benchtop.cli.models;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Aliases on one line. */
final class AliasWords {

    private AliasWords() {}

    static String of(Map<String, String> aliases) {
        return aliases.isEmpty()
                ? "-"
                : new TreeMap<>(aliases)
                        .entrySet().stream()
                                .map(alias -> alias.getKey() + " " + alias.getValue())
                                .collect(Collectors.joining(", "));
    }
}
