package io.benchtop.service.http.page;

import java.util.List;

/**
 * How far a start is, in words.
 *
 * @param heading the state as the page's title
 * @param lead one sentence below it
 */
record Progress(String heading, String lead, List<Phase> phases) {

    Progress {
        phases = List.copyOf(phases);
    }

    static Progress of(WorkspaceView view) {
        String name = view.name();
        String elapsed = HumaneTime.lasting(view.inState());
        return switch (view.workspace().state().code()) {
            case STOPPED ->
                still(name + " is stopped", view.reason() + "Its files are safe. Starting takes a few seconds.");
            case QUEUED ->
                new Progress(
                        "Starting " + name,
                        "Waiting for its turn. This page goes on by itself.",
                        phases("now", elapsed, "", ""));
            case STARTING ->
                new Progress(
                        "Starting " + name,
                        "Usually a few seconds. This page goes on by itself.",
                        phases("done", "", "now", elapsed));
            case RUNNING -> still(name + " is running", "");
            case STOPPING -> still(name + " is stopping", "You can start it again as soon as it has stopped.");
            case FAILED -> still(name + " failed", "That was " + view.since().text() + ". Its files are safe.");
            case DELETING -> still(name + " is being deleted", "It cannot be started any more.");
        };
    }

    boolean showsPhases() {
        return !phases.isEmpty();
    }

    private static Progress still(String heading, String lead) {
        return new Progress(heading, lead, List.of());
    }

    private static List<Phase> phases(String queued, String waited, String starting, String elapsed) {
        return List.of(
                new Phase("queued", "Queued", queued, waited),
                new Phase("starting", "Starting", starting, elapsed),
                new Phase("ready", "Ready", "", ""));
    }

    /** One step of a start. */
    record Phase(String name, String label, String css, String detail) {

        boolean isNow() {
            return css.equals("now");
        }
    }
}
