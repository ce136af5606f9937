package io.benchtop.service.dataset;

import io.benchtop.service.problem.ProblemException;
import java.util.regex.Pattern;

/** What a dataset is called: two words with a slash between them. */
public record DatasetName(String space, String name) implements Comparable<DatasetName> {

    private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    public DatasetName {
        if (!WORD.matcher(space).matches() || !WORD.matcher(name).matches()) {
            throw ProblemException.invalidField(
                    "name",
                    "must be two words with a slash, such as sales/orders; each of at most 63 characters: a to z, 0 to 9, and"
                            + " inside also . _ -");
        }
    }

    /** @param text as written, {@code sales/orders} */
    public static DatasetName parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new DatasetName(text, "")
                : new DatasetName(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Of an address: what cannot be a name is not there. */
    public static DatasetName existing(String space, String name) {
        try {
            return new DatasetName(space, name);
        } catch (ProblemException _) {
            throw ProblemException.notFound("dataset", space + "/" + name);
        }
    }

    @Override
    public int compareTo(DatasetName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return space + "/" + name;
    }
}
