package io.benchtop.service.profile;

import java.util.regex.Pattern;

/** The syntax of names that an administrator may give to things of a cluster, as Kubernetes defines it. */
final class KubernetesNames {

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");
    private static final String WORD = "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";
    private static final Pattern LABEL_KEY = Pattern.compile("(?:" + NAME.pattern() + "/)?" + WORD);
    private static final Pattern LABEL_VALUE = Pattern.compile("(?:" + WORD + ")?");

    private KubernetesNames() {}

    static void requireName(String name) {
        require(NAME, name, "name");
    }

    static void requireLabelKey(String key) {
        require(LABEL_KEY, key, "label key");
    }

    static void requireLabelValue(String value) {
        require(LABEL_VALUE, value, "label value");
    }

    private static void require(Pattern pattern, String text, String kind) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("not a Kubernetes " + kind + ": " + text);
        }
    }
}
