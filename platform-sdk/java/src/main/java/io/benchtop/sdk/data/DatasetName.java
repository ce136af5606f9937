package io.benchtop.sdk.data;

import io.benchtop.sdk.error.BenchtopException;
import java.util.regex.Pattern;

/** Two words with a slash, such as {@code sales/orders}. */
public final class DatasetName {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}/[a-z0-9][a-z0-9._-]{0,62}");

    private DatasetName() {}

    /**
     * Where a dataset is asked for.
     *
     * @throws BenchtopException {@code bad_name}
     */
    public static String path(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new BenchtopException(
                    "bad_name",
                    "'" + name
                            + "' is no name of a dataset: two words with a slash, such as sales/orders, each of a-z, 0-9,"
                            + " '.', '_' and '-', 63 at most.");
        }
        return "/api/v1/datasets/" + name;
    }
}
