package io.benchtop.service.http.page;

import io.benchtop.api.workspace.WorkspaceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How far a start is, in words.
 *
 * @param heading the state as the page's title
 * @param lead one sentence below it
 */
record Progress(String heading, String lead, List<Phase> phases) {

    private static final String GOES_ON = " This page goes on by itself.";

    Progress {
        phases = List.copyOf(phases);
    }

    /** @param local whether servers are processes of this machine, which need no place and no image */
    static Progress of(WorkspaceView view, boolean local) {
        String name = view.name();
        WorkspaceState state = view.workspace().state();
        return switch (state.code()) {
            case STOPPED ->
                still(name + " is stopped", view.reason() + "Its files are safe. Starting takes a few seconds.");
            case QUEUED -> coming(view, local, "Waiting for its turn.");
            case STARTING -> coming(view, local, state.detail().isEmpty() ? usually(local) : state.detail());
            case RUNNING -> still(name + " is running", "");
            case STOPPING -> still(name + " is stopping", "You can start it again as soon as it has stopped.");
            case FAILED -> still(name + " failed", "That was " + view.since().text() + ". Its files are safe.");
            case DELETING -> still(name + " is being deleted", "It cannot be started any more.");
        };
    }

    boolean showsPhases() {
        return !phases.isEmpty();
    }

    private static String usually(boolean local) {
        return local ? "Usually a few seconds." : "Usually a few seconds; longer when the image has to be fetched.";
    }

    private static Progress coming(WorkspaceView view, boolean local, String lead) {
        WorkspaceState state = view.workspace().state();
        String phase = state.phase() == null ? "starting" : state.phase();
        String since = state.phaseSince() == null ? state.since() : state.phaseSince();
        String elapsed = HumaneTime.lasting(Duration.between(Instant.parse(since), view.now()));
        List<String> names = local
                ? List.of("queued", "starting", "ready")
                : List.of("queued", "scheduled", "pulling", "starting", "ready");
        int now = Math.max(0, names.indexOf(phase));
        List<Phase> phases = names.stream()
                .map(name -> {
                    int at = names.indexOf(name);
                    return new Phase(
                            name, label(name), at < now ? "done" : at == now ? "now" : "", at == now ? elapsed : "");
                })
                .toList();
        return new Progress("Starting " + view.name(), lead + GOES_ON, phases);
    }

    private static String label(String phase) {
        return switch (phase) {
            case "queued" -> "Queued";
            case "scheduled" -> "Placed";
            case "pulling" -> "Fetching the image";
            case "starting" -> "Starting";
            default -> "Ready";
        };
    }

    private static Progress still(String heading, String lead) {
        return new Progress(heading, lead, List.of());
    }

    /** One step of a start. */
    record Phase(String name, String label, String css, String detail) {

        boolean isNow() {
            return css.equals("now");
        }
    }
}
