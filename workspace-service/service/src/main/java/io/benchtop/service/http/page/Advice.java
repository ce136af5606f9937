package io.benchtop.service.http.page;

import org.jspecify.annotations.Nullable;

/** What a person can do about a start that failed. */
final class Advice {

    private Advice() {}

    static String on(@Nullable String reasonCode) {
        return switch (reasonCode) {
            case "PORT_TAKEN" ->
                "Another program holds the port it was given. Try again: the next start takes another one.";
            case "ENVIRONMENT_BROKEN" ->
                "The notebook environment is incomplete. Ask whoever runs Benchtop to stop it and run"
                        + " ./benchtop up again, which repairs it.";
            case "DISK_FULL" -> "Free some space on the disk that holds the data folder, then try again.";
            case "OUT_OF_MEMORY" ->
                "It needed more memory than its profile gives. Choose a larger profile under Details, or"
                        + " load less at once.";
            case "HOME_UNUSABLE" ->
                "Its folder of files cannot be read or written. Ask whoever runs Benchtop to check the"
                        + " folder's owner and permissions.";
            case "TIMED_OUT" -> "The machine may be busy. Try again; if it stays so, the log says what it was doing.";
            case "EXITED" ->
                "The last lines of the log usually say why. A broken package in its own environment is the most"
                        + " frequent reason.";
            case null, default -> "Try again; if it stays so, show the log to whoever runs Benchtop.";
        };
    }
}
