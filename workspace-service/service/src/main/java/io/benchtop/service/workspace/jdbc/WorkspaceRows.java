package io.benchtop.service.workspace.jdbc;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.DesiredState;
import io.benchtop.service.workspace.KeptAlive;
import io.benchtop.service.workspace.Reason;
import io.benchtop.service.workspace.StartProgress;
import io.benchtop.service.workspace.Workspace;
import io.benchtop.service.workspace.WorkspaceState;
import io.benchtop.service.workspace.WorkspaceState.Deleting;
import io.benchtop.service.workspace.WorkspaceState.Failed;
import io.benchtop.service.workspace.WorkspaceState.Queued;
import io.benchtop.service.workspace.WorkspaceState.Running;
import io.benchtop.service.workspace.WorkspaceState.Starting;
import io.benchtop.service.workspace.WorkspaceState.Stopped;
import io.benchtop.service.workspace.WorkspaceState.Stopping;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** Turns rows into workspaces and back; states are stored by name. */
final class WorkspaceRows {

    static final String COLUMNS = "id, owner, slug, display_name, created_at, desired, state, since, reason_code,"
            + " reason_message, reason_log, generation, kept_alive_until, kept_alive_reason, last_activity,"
            + " start_phase, start_detail, start_phase_at, " + ChoiceColumns.NAMES;

    private WorkspaceRows() {}

    static Update bind(Update update, Workspace workspace) {
        Reason reason = reason(workspace.state());
        KeptAlive keptAlive = workspace.keptAlive();
        StartProgress progress = workspace.state() instanceof Starting starting ? starting.progress() : null;
        return ChoiceColumns.bind(update, workspace.profile())
                .bind("id", workspace.id().value())
                .bind("owner", workspace.owner().value())
                .bind("slug", workspace.slug().value())
                .bind("displayName", workspace.displayName().value())
                .bind("createdAt", workspace.createdAt())
                .bind("desired", workspace.desired().name())
                .bind("state", name(workspace.state()))
                .bind("since", workspace.state().since())
                .bind("reasonCode", reason == null ? null : reason.code())
                .bind("reasonMessage", reason == null ? null : storable(reason.message()))
                .bind("reasonLog", reason == null ? null : storable(String.join("\n", reason.logTail())))
                .bind("generation", workspace.generation())
                .bind("keptAliveUntil", keptAlive == null ? null : keptAlive.until())
                .bind("keptAliveReason", keptAlive == null ? null : keptAlive.reason())
                .bind("lastActivity", workspace.lastActivity())
                .bind("startPhase", progress == null ? null : progress.phase().name())
                .bind("startDetail", progress == null ? null : storable(progress.detail()))
                .bind("startPhaseAt", progress == null ? null : progress.since());
    }

    static Workspace workspace(ResultSet row, StatementContext context) throws SQLException {
        Instant keptAliveUntil = instantOrNull(row, "kept_alive_until");
        return new Workspace(
                new WorkspaceId(row.getString("id")),
                new UserName(row.getString("owner")),
                new Slug(row.getString("slug")),
                new DisplayName(row.getString("display_name")),
                ChoiceColumns.read(row),
                instant(row, "created_at"),
                DesiredState.valueOf(row.getString("desired")),
                state(row),
                row.getLong("generation"),
                keptAliveUntil == null ? null : new KeptAlive(keptAliveUntil, row.getString("kept_alive_reason")),
                instantOrNull(row, "last_activity"));
    }

    private static WorkspaceState state(ResultSet row) throws SQLException {
        Instant since = instant(row, "since");
        Reason reason = reason(row);
        String name = row.getString("state");
        return switch (name) {
            case "STOPPED" -> new Stopped(since, reason);
            case "QUEUED" -> new Queued(since);
            case "STARTING" -> new Starting(since, progress(row, since));
            case "RUNNING" -> new Running(since);
            case "STOPPING" -> new Stopping(since, reason);
            case "FAILED" -> new Failed(since, requireNonNull(reason, "a failed workspace has a reason"));
            case "DELETING" -> new Deleting(since);
            default -> throw new SQLException("unknown state of a workspace: " + name);
        };
    }

    private static String name(WorkspaceState state) {
        return switch (state) {
            case Stopped _ -> "STOPPED";
            case Queued _ -> "QUEUED";
            case Starting _ -> "STARTING";
            case Running _ -> "RUNNING";
            case Stopping _ -> "STOPPING";
            case Failed _ -> "FAILED";
            case Deleting _ -> "DELETING";
        };
    }

    private static @Nullable Reason reason(WorkspaceState state) {
        return switch (state) {
            case Stopped stopped -> stopped.reason();
            case Stopping stopping -> stopping.because();
            case Failed failed -> failed.reason();
            case Queued _, Starting _, Running _, Deleting _ -> null;
        };
    }

    private static @Nullable Reason reason(ResultSet row) throws SQLException {
        String code = row.getString("reason_code");
        if (code == null) {
            return null;
        }
        String log = row.getString("reason_log");
        List<String> lines =
                log == null || log.isEmpty() ? List.of() : log.lines().toList();
        return new Reason(code, row.getString("reason_message"), lines);
    }

    /** A start that an older service began has not told how far it is. */
    private static StartProgress progress(ResultSet row, Instant since) throws SQLException {
        String phase = row.getString("start_phase");
        return phase == null
                ? new StartProgress(StartPhase.QUEUED, "", since)
                : new StartProgress(
                        StartPhase.valueOf(phase), row.getString("start_detail"), instant(row, "start_phase_at"));
    }

    /** PostgreSQL stores every character but this one. */
    private static String storable(String text) {
        return text.replace('\0', ' ');
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return requireNonNull(instantOrNull(row, column), column);
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
