package io.benchtop.service.abtest;

import io.benchtop.service.endpoint.EndpointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps A/B tests in memory; transactions are none of its business. */
final class FakeAbTests implements AbTestRepository {

    private record Key(EndpointId endpoint, int number) {}

    private final Map<Key, AbTest> tests = new HashMap<>();
    private final Map<Key, Map<String, Placed>> users = new HashMap<>();

    @Override
    public synchronized boolean insert(AbTest test) {
        return tests.putIfAbsent(new Key(test.endpoint(), test.number()), test) == null;
    }

    @Override
    public synchronized Optional<AbTest> find(EndpointId endpoint, int number) {
        return Optional.ofNullable(tests.get(new Key(endpoint, number)));
    }

    @Override
    public synchronized Optional<AbTest> last(EndpointId endpoint) {
        return list(endpoint).stream().findFirst();
    }

    @Override
    public synchronized List<AbTest> list(EndpointId endpoint) {
        return tests.values().stream()
                .filter(test -> test.endpoint().equals(endpoint))
                .sorted(Comparator.comparingInt(AbTest::number).reversed())
                .toList();
    }

    @Override
    public synchronized List<AbTest> undone() {
        return tests.values().stream().filter(AbTest::isUndone).toList();
    }

    @Override
    public synchronized Optional<AbTest> change(EndpointId endpoint, int number, UnaryOperator<AbTest> change) {
        return Optional.ofNullable(
                tests.computeIfPresent(new Key(endpoint, number), (_, before) -> change.apply(before)));
    }

    @Override
    public synchronized Gain.Both add(AbTest test, List<Placed> outcomes) {
        Map<String, Placed> known =
                users.computeIfAbsent(new Key(test.endpoint(), test.number()), _ -> new HashMap<>());
        List<Placed> fresh = new ArrayList<>();
        List<Placed> converted = new ArrayList<>();
        for (Placed outcome : outcomes) {
            Placed before = known.get(outcome.user());
            Placed after = before == null ? outcome : before.and(outcome);
            known.put(outcome.user(), after);
            if (before == null) {
                fresh.add(after);
            }
            if (after.converted() && (before == null || !before.converted())) {
                converted.add(after);
            }
        }
        return new Gain.Both(
                new Gain(count(fresh, false), count(converted, false)),
                new Gain(count(fresh, true), count(converted, true)));
    }

    @Override
    public synchronized void forgetUsersOfEndedBefore(Instant time) {
        users.keySet().removeIf(key -> {
            AbTest test = tests.get(key);
            return test != null && !test.isOpen() && test.since().isBefore(time);
        });
    }

    private static long count(List<Placed> placed, boolean candidate) {
        return placed.stream().filter(each -> each.candidate() == candidate).count();
    }
}
