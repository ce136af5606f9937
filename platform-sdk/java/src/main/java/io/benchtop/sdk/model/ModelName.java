package io.benchtop.sdk.model;

import io.benchtop.sdk.error.BenchtopException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A model's name, such as {@code orders-risk}, and where what is below it is asked for. */
public final class ModelName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private ModelName() {}

    /**
     * Where a model is asked for.
     *
     * @throws BenchtopException {@code bad_name}
     */
    public static String path(String name) {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            throw new BenchtopException(
                    "bad_name",
                    "'" + name
                            + "' is no name of a model: letters, digits, '.', '_' and '-', such as orders-risk; 63 at most.");
        }
        return "/api/v1/models/" + name;
    }

    /** Where a version is asked for, by its number or an alias. */
    public static String path(String name, String version) {
        return path(name) + "/versions/" + encoded(version);
    }

    /** Where an alias is changed. */
    public static String aliasPath(String name, String alias) {
        return path(name) + "/aliases/" + encoded(alias);
    }

    private static String encoded(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
