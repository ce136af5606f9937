package io.benchtop.service.profile.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.profile.OfferedProfile;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.ProfileRepository;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Profiles in the table {@code profiles}, each as one JSON text: nobody asks the database for a part of one. */
public final class JdbiProfileRepository implements ProfileRepository {

    private final Jdbi jdbi;

    public JdbiProfileRepository(Jdbi jdbi) {
        this.jdbi = requireNonNull(jdbi, "jdbi is null");
    }

    @Override
    public List<OfferedProfile> list() {
        return jdbi.withHandle(handle -> handle.createQuery("select body from profiles order by place, slug")
                .map((row, _) -> ProfileJson.read(row.getString("body")))
                .list());
    }

    @Override
    public Optional<OfferedProfile> find(OptionSlug slug) {
        return jdbi.withHandle(handle -> find(handle, slug, ""));
    }

    @Override
    public boolean insert(OfferedProfile profile) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                insert into profiles (slug, place, body)
                                values (:slug, (select coalesce(max(place), 0) + 1 from profiles), :body)
                                on conflict do nothing
                                """)
                        .bind("slug", profile.slug().value())
                        .bind("body", ProfileJson.write(profile))
                        .execute()
                == 1);
    }

    @Override
    public Optional<OfferedProfile> change(OptionSlug slug, UnaryOperator<OfferedProfile> change) {
        return jdbi.inTransaction(handle -> find(handle, slug, " for update").map(before -> {
            OfferedProfile after = change.apply(before);
            if (!after.equals(before)) {
                handle.createUpdate("update profiles set body = :body where slug = :slug")
                        .bind("slug", slug.value())
                        .bind("body", ProfileJson.write(after))
                        .execute();
            }
            return after;
        }));
    }

    @Override
    public void remove(OptionSlug slug) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from profiles where slug = :slug")
                .bind("slug", slug.value())
                .execute());
    }

    private static Optional<OfferedProfile> find(Handle handle, OptionSlug slug, String suffix) {
        return handle.createQuery("select body from profiles where slug = :slug" + suffix)
                .bind("slug", slug.value())
                .map((row, _) -> ProfileJson.read(row.getString("body")))
                .findOne();
    }
}
