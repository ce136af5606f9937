package io.benchtop.service.endpoint.jdbc;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import io.benchtop.service.endpoint.EndpointId;
import io.benchtop.service.endpoint.Observations;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** A row per proxy in {@code endpoint_proxies}: proxies are few and speak often. */
public final class JdbiObservations implements Observations {

    private static final Gson GSON = new Gson();
    private static final TypeToken<Map<String, Long>> GENERATIONS = new TypeToken<>() {};

    private final Jdbi jdbi;

    public JdbiObservations(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public void observe(String proxy, Instant now, Map<String, Long> generations) {
        String text = GSON.toJson(generations);
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            insert into endpoint_proxies (proxy, heard_at, generations_json) values (:proxy, :now, '{}')
                            on conflict do nothing
                            """).bind("proxy", proxy).bind("now", now).execute();
            handle.createUpdate(
                            "update endpoint_proxies set heard_at = :now, generations_json = :generations where proxy = :proxy")
                    .bind("proxy", proxy)
                    .bind("now", now)
                    .bind("generations", text)
                    .execute();
        });
    }

    @Override
    public boolean areAt(EndpointId id, long generation, Instant heardSince) {
        return jdbi
                .withHandle(handle -> handle.createQuery(
                                "select generations_json from endpoint_proxies where heard_at >= :since")
                        .bind("since", heardSince)
                        .mapTo(String.class)
                        .list())
                .stream()
                .map(text -> GSON.fromJson(text, GENERATIONS).getOrDefault(id.value(), 0L))
                .allMatch(observed -> observed >= generation);
    }

    @Override
    public void forgetBefore(Instant time) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from endpoint_proxies where heard_at < :time")
                .bind("time", time)
                .execute());
    }
}
