package io.benchtop.service.model;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A model, without its versions.
 *
 * @param readers names of those who may read it beside its owner and its publishers; {@value #EVERYBODY} for all
 * @param publishers names of those who may publish versions beside its owner
 * @param approvalRequired whether an alias may point only to what a second person approved
 * @param aliases the number of the version that each points to
 * @param tags words of MLflow's clients
 */
public record RegisteredModel(
        ModelId id,
        ModelName name,
        UserName owner,
        String description,
        Set<String> readers,
        Set<String> publishers,
        boolean approvalRequired,
        Map<Alias, Long> aliases,
        Map<String, String> tags,
        Instant createdAt,
        Instant changedAt) {

    /** Stands for everybody among the readers. */
    public static final String EVERYBODY = "*";

    private static final int MOST_PEOPLE = 100;
    private static final int MOST_ALIASES = 100;

    public RegisteredModel {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(createdAt, "createdAt is null");
        requireNonNull(changedAt, "changedAt is null");
        Texts.checkDescription(description);
        tags = Texts.checkedTags(tags);
        readers = people("readers", readers, true);
        publishers = people("publishers", publishers, false);
        aliases = new TreeMap<>(aliases);
        if (aliases.size() > MOST_ALIASES) {
            throw ProblemException.invalidField("alias", "is one too many: a model has at most " + MOST_ALIASES);
        }
    }

    private static Set<String> people(String field, Set<String> names, boolean everybody) {
        if (names.size() > MOST_PEOPLE
                || !names.stream()
                        .allMatch(each -> (everybody && each.equals(EVERYBODY))
                                || UserName.find(each).isPresent())) {
            throw ProblemException.invalidField(
                    field,
                    "must be at most " + MOST_PEOPLE + " names of users" + (everybody ? ", or * for everybody" : ""));
        }
        return new TreeSet<>(names);
    }

    static RegisteredModel of(ModelName name, UserName owner, Instant now) {
        return new RegisteredModel(
                ModelId.random(), name, owner, "", Set.of(), Set.of(), false, Map.of(), Map.of(), now, now);
    }

    boolean isPublisher(UserName user) {
        return owner.equals(user) || publishers.contains(user.value());
    }

    boolean isReader(UserName user) {
        return isPublisher(user) || readers.contains(EVERYBODY) || readers.contains(user.value());
    }

    RegisteredModel described(String asDescription, Instant now) {
        return new RegisteredModel(
                id, name, owner, asDescription, readers, publishers, approvalRequired, aliases, tags, createdAt, now);
    }

    RegisteredModel shared(Set<String> withReaders, Set<String> withPublishers, boolean approval, Instant now) {
        return new RegisteredModel(
                id, name, owner, description, withReaders, withPublishers, approval, aliases, tags, createdAt, now);
    }

    RegisteredModel tagged(Map<String, String> withTags, Instant now) {
        return new RegisteredModel(
                id, name, owner, description, readers, publishers, approvalRequired, aliases, withTags, createdAt, now);
    }

    RegisteredModel pointing(Alias alias, long number, Instant now) {
        Map<Alias, Long> more = new TreeMap<>(aliases);
        more.put(alias, number);
        return withAliases(more, now);
    }

    RegisteredModel withoutAlias(Alias alias, Instant now) {
        Map<Alias, Long> fewer = new TreeMap<>(aliases);
        fewer.remove(alias);
        return withAliases(fewer, now);
    }

    private RegisteredModel withAliases(Map<Alias, Long> asAliases, Instant now) {
        return new RegisteredModel(
                id, name, owner, description, readers, publishers, approvalRequired, asAliases, tags, createdAt, now);
    }
}
