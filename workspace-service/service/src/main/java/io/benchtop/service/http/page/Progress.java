package io.benchtop.service.http.page;

import java.util.List;

/**
 * How far a start is, in words.
 *
 * @param heading the state as the page's title
 * @param lead one sentence below it
 * @param advice what to do about a failure; empty otherwise
 */
record Progress(String heading, String lead, String advice, List<Phase> phases) {

    Progress {
        phases = List.copyOf(phases);
    }

    static Progress of(WorkspaceView view) {
        String name = view.name();
        String elapsed = HumaneTime.lasting(view.inState());
        return switch (view.workspace().state().code()) {
            case STOPPED ->
                new Progress(name + " is stopped", "Its files are safe. Starting takes a few seconds.", "", List.of());
            case QUEUED ->
                new Progress(
                        "Starting " + name,
                        "Waiting for its turn. This page goes on by itself.",
                        "",
                        phases("now", elapsed, "", "", ""));
            case STARTING ->
                new Progress(
                        "Starting " + name,
                        "Usually a few seconds. This page goes on by itself.",
                        "",
                        phases("done", "", "now", elapsed, ""));
            case RUNNING -> new Progress(name + " is running", "", "", phases("done", "", "done", "", "done"));
            case STOPPING ->
                new Progress(name + " is stopping", "You can start it again as soon as it has stopped.", "", List.of());
            case FAILED ->
                new Progress(
                        name + " did not start",
                        "It failed " + view.since().text() + ". Its files are safe.",
                        Advice.on(view.reasonCode()),
                        List.of());
            case DELETING -> new Progress(name + " is being deleted", "It cannot be started any more.", "", List.of());
        };
    }

    boolean showsPhases() {
        return !phases.isEmpty();
    }

    private static List<Phase> phases(String queued, String waited, String starting, String elapsed, String ready) {
        return List.of(
                new Phase("queued", "Queued", queued, waited),
                new Phase("starting", "Starting", starting, elapsed),
                new Phase("ready", "Ready", ready, ""));
    }

    /** One step of a start. */
    record Phase(String name, String label, String css, String detail) {

        boolean isNow() {
            return css.equals("now");
        }
    }
}
