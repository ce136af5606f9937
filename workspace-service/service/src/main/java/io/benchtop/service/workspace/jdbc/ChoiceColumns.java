package io.benchtop.service.workspace.jdbc;

import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.Overrides;
import io.benchtop.service.profile.ProfileChoice;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The columns of a choice, the same in every table that keeps one. */
final class ChoiceColumns {

    static final String NAMES = "profile, override_memory_bytes, override_cpus, override_gpus, override_image";

    private ChoiceColumns() {}

    /** Binds {@code :profile}, {@code :overrideMemoryBytes}, {@code :overrideCpus} and so on. */
    static Update bind(Update update, ProfileChoice choice) {
        Overrides overrides = choice.overrides();
        OptionSlug image = overrides.image();
        return update.bind("profile", choice.slug().value())
                .bind("overrideMemoryBytes", overrides.memoryBytes())
                .bind("overrideCpus", overrides.cpus())
                .bind("overrideGpus", overrides.gpus())
                .bind("overrideImage", image == null ? null : image.value());
    }

    static ProfileChoice read(ResultSet row) throws SQLException {
        String image = row.getString("override_image");
        return new ProfileChoice(
                new OptionSlug(row.getString("profile")),
                new Overrides(
                        orNull(row, row.getLong("override_memory_bytes")),
                        orNull(row, row.getDouble("override_cpus")),
                        orNull(row, row.getInt("override_gpus")),
                        image == null ? null : new OptionSlug(image)));
    }

    /** The number just read, unless the column had none. */
    private static <N extends Number> @Nullable N orNull(ResultSet row, N number) throws SQLException {
        return row.wasNull() ? null : number;
    }
}
