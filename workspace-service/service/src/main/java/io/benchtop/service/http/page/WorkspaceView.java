package io.benchtop.service.http.page;

import io.benchtop.api.workspace.Workspace;
import io.benchtop.api.workspace.WorkspaceStateCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A workspace in the words of the pages, at one moment. */
record WorkspaceView(Workspace workspace, Instant now) {

    String id() {
        return workspace.id();
    }

    String slug() {
        return workspace.slug();
    }

    String name() {
        return workspace.displayName();
    }

    String owner() {
        return workspace.owner();
    }

    String profile() {
        return workspace.profile();
    }

    /** What it is started from; null for the installation's own. */
    @Nullable
    String image() {
        return workspace.image();
    }

    String code() {
        return workspace.state().code().name();
    }

    String stateWord() {
        return switch (workspace.state().code()) {
            case STOPPED -> "Stopped";
            case QUEUED -> "Queued";
            case STARTING -> "Starting";
            case RUNNING -> "Running";
            case STOPPING -> "Stopping";
            case FAILED -> "Failed";
            case DELETING -> "Being deleted";
        };
    }

    String stateCss() {
        return isPending() ? "pending" : code().toLowerCase(Locale.ROOT);
    }

    /** For how long it has been as it is. */
    String duration() {
        String lasting = HumaneTime.lasting(inState());
        return isRunning() || isPending() ? "for " + lasting : since().text();
    }

    Duration inState() {
        return Duration.between(Instant.parse(workspace.state().since()), now);
    }

    HumaneTime since() {
        return relative(workspace.state().since());
    }

    /** Whether there is more to tell about its state than the word. */
    boolean tellsWhy() {
        return workspace.state().reasonCode() != null && !isRunning();
    }

    /** The sentence that goes before others; empty if there is nothing to tell. */
    String reason() {
        return tellsWhy() ? message() + " " : "";
    }

    String message() {
        return workspace.state().message();
    }

    @Nullable
    String reasonCode() {
        return workspace.state().reasonCode();
    }

    String logTail() {
        return String.join("\n", workspace.state().logTail());
    }

    boolean isRunning() {
        return workspace.state().code() == WorkspaceStateCode.RUNNING;
    }

    boolean isFailed() {
        return workspace.state().code() == WorkspaceStateCode.FAILED;
    }

    boolean isDeleting() {
        return workspace.state().code() == WorkspaceStateCode.DELETING;
    }

    boolean isPending() {
        return workspace.state().code().isPending();
    }

    /** Whether it is on its way up. */
    boolean isComing() {
        return workspace.state().code() == WorkspaceStateCode.QUEUED
                || workspace.state().code() == WorkspaceStateCode.STARTING;
    }

    boolean mayStart() {
        return workspace.state().code() == WorkspaceStateCode.STOPPED || isFailed();
    }

    boolean mayStop() {
        return isRunning() || isComing();
    }

    /** Only its owner gets into a workspace, whatever the role of others. */
    boolean isOwnedBy(@Nullable Person person) {
        return person != null && person.name().equals(owner());
    }

    String memory() {
        Long used = workspace.memoryBytes();
        Long limit = workspace.resources().memoryBytes();
        if (used == null) {
            return limit == null ? "–" : "up to " + HumaneBytes.text(limit);
        }
        return HumaneBytes.text(used) + (limit == null ? "" : " of " + HumaneBytes.text(limit));
    }

    long memoryBytes() {
        Long used = workspace.memoryBytes();
        return used == null ? 0 : used;
    }

    /** How full its memory is, or -1 where there is nothing to compare. */
    int memoryPercent() {
        Long used = workspace.memoryBytes();
        Long limit = workspace.resources().memoryBytes();
        return used == null || limit == null ? -1 : (int) Math.min(100, used * 100 / limit);
    }

    @Nullable
    HumaneTime lastActivity() {
        return workspace.lastActivity() == null ? null : relative(workspace.lastActivity());
    }

    @Nullable
    HumaneTime keptAliveUntil() {
        String until = workspace.keepAliveUntil();
        return until == null || Instant.parse(until).isBefore(now) ? null : relative(until);
    }

    HumaneTime created() {
        return relative(workspace.createdAt());
    }

    String filesPath() {
        return workspace.filesPath();
    }

    String path() {
        return workspace.path();
    }

    /** JupyterLab itself. */
    String lab() {
        return workspace.path() + "lab";
    }

    String page() {
        return "/workspaces/" + id();
    }

    /** The start page, by names, because JupyterLab's own dialog and the proxy build its address from them. */
    String start() {
        return "/workspaces/spawn/" + owner() + "/" + slug();
    }

    String start(String next) {
        return next.equals(lab()) ? start() : start() + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    }

    String events() {
        return "/api/v1/workspaces/" + id() + "/events";
    }

    private HumaneTime relative(String instant) {
        return HumaneTime.relative(Instant.parse(instant), now);
    }
}
