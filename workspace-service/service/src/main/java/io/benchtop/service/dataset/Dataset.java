package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A dataset, without what is in it.
 *
 * @param readers names of those who may read it beside its owner; {@value #EVERYBODY} for all
 * @param latest its newest version; null before there is any
 */
public record Dataset(
        DatasetId id,
        DatasetName name,
        UserName owner,
        String description,
        Map<String, String> tags,
        Set<String> readers,
        DatasetSource source,
        Instant createdAt,
        Instant changedAt,
        @Nullable DatasetVersion latest) {

    /** Stands for everybody among the readers. */
    public static final String EVERYBODY = "*";

    private static final int LONGEST_DESCRIPTION = 4000;
    private static final int MOST = 100;
    private static final int LONGEST_KEY = 100;
    private static final int LONGEST_VALUE = 1000;

    public Dataset {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(source, "source is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(changedAt, "changedAt is null");
        if (description.length() > LONGEST_DESCRIPTION || description.indexOf('\0') >= 0) {
            throw ProblemException.invalidField(
                    "description", "must have at most " + LONGEST_DESCRIPTION + " characters, none of code 0");
        }
        tags = new TreeMap<>(tags);
        if (tags.size() > MOST || !tags.entrySet().stream().allMatch(Dataset::usable)) {
            throw ProblemException.invalidField(
                    "tags",
                    "must be at most " + MOST + ", each a name of 1 to " + LONGEST_KEY
                            + " characters and a value of at most " + LONGEST_VALUE);
        }
        readers = new TreeSet<>(readers);
        if (readers.size() > MOST
                || !readers.stream()
                        .allMatch(each ->
                                each.equals(EVERYBODY) || UserName.find(each).isPresent())) {
            throw ProblemException.invalidField(
                    "readers", "must be at most " + MOST + " names of users, or * for everybody");
        }
    }

    private static boolean usable(Map.Entry<String, String> tag) {
        return !tag.getKey().isBlank()
                && tag.getKey().length() <= LONGEST_KEY
                && tag.getValue().length() <= LONGEST_VALUE
                && (tag.getKey() + tag.getValue()).indexOf('\0') < 0;
    }

    boolean isReader(UserName user) {
        return owner.equals(user) || readers.contains(EVERYBODY) || readers.contains(user.value());
    }

    Dataset described(String asDescription, Map<String, String> asTags, Set<String> asReaders, Instant now) {
        return new Dataset(id, name, owner, asDescription, asTags, asReaders, source, createdAt, now, latest);
    }
}
