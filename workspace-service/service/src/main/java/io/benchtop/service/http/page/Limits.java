package io.benchtop.service.http.page;

import org.jspecify.annotations.Nullable;

/** How limits are enforced, said so plainly that nobody counts on what is not there. */
final class Limits {

    private Limits() {}

    /**
     * @param of memory or processes
     * @param limit how much, in words; null if the profile sets none
     * @param enforcement {@code cgroup}, {@code watched}, {@code none}, or empty while nothing runs
     */
    static String sentence(String of, @Nullable String limit, String enforcement) {
        if (limit == null) {
            return "The profile does not limit " + of + ": this workspace may use what the machine has.";
        }
        return switch (enforcement) {
            case "cgroup" -> "At most " + limit + ", enforced by the kernel.";
            case "watched" ->
                "At most " + limit + ", watched: checked every 2 seconds, and the largest process is ended"
                        + " when it is passed. A short peak can get through.";
            case "none" -> "The profile says " + limit + ", but on this machine nothing enforces it.";
            default -> "At most " + limit + ". How it is enforced is known once the workspace runs.";
        };
    }

    /** For the installation as a whole. */
    static String ability(String enforcement) {
        return switch (enforcement) {
            case "cgroup" -> "enforced by the kernel";
            case "watched" -> "watched every 2 seconds; a short peak can get through";
            default -> "not enforced on this machine";
        };
    }
}
