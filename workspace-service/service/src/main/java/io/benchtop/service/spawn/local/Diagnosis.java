package io.benchtop.service.spawn.local;

import com.google.gson.JsonObject;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.ServerEnding;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells why a server ended from what it left: the shim's own word in {@code exit.json} first, else the shim's exit status,
 * else the log. Pure, so that each case is a line of a table in the tests.
 */
final class Diagnosis {

    private static final Pattern MISSING_MODULE = Pattern.compile("No module named '?([\\w.]+)'?");
    private static final String PREPARE_AGAIN =
            " Stop Benchtop and run \"benchtop up\" again: it prepares the environment anew.";

    private Diagnosis() {}

    /**
     * @param exit the content of exit.json if the shim wrote one
     * @param shimStatus the shim's exit status if it was our child
     * @param logTail the end of the server's log, or of what the shim said if there is none
     */
    static ServerEnding of(Optional<JsonObject> exit, @Nullable Integer shimStatus, List<String> logTail) {
        EndingCode code = exit.map(record -> Json.textOrNull(record, "reasonCode"))
                .flatMap(Diagnosis::parse)
                .or(() -> byStatus(shimStatus))
                .orElseGet(() -> byLog(logTail));
        String said = exit.map(record -> Json.textOrNull(record, "reason")).orElse(null);
        return new ServerEnding(code, sentence(code, said, logTail), logTail);
    }

    static ServerEnding diskFull(String where) {
        return new ServerEnding(
                EndingCode.DISK_FULL,
                "The disk that holds " + where + " is full. Free some space and start again.",
                List.of());
    }

    static ServerEnding environmentBroken(String sentence, List<String> logTail) {
        return new ServerEnding(EndingCode.ENVIRONMENT_BROKEN, sentence + PREPARE_AGAIN, logTail);
    }

    static ServerEnding timedOut(long seconds, List<String> logTail) {
        return new ServerEnding(
                EndingCode.TIMED_OUT,
                "JupyterLab did not answer within " + seconds
                        + " seconds and was stopped. Its log says how far it came; on a busy machine try again.",
                logTail);
    }

    private static Optional<EndingCode> parse(@Nullable String text) {
        for (EndingCode code : EndingCode.values()) {
            if (code.name().equals(text)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    /** The statuses of {@code failure.py}. */
    private static Optional<EndingCode> byStatus(@Nullable Integer status) {
        if (status == null) {
            return Optional.empty();
        }
        return switch (status) {
            case 74 -> Optional.of(EndingCode.DISK_FULL);
            case 77 -> Optional.of(EndingCode.HOME_UNUSABLE);
            case 78, 126, 127 -> Optional.of(EndingCode.ENVIRONMENT_BROKEN);
            default -> Optional.empty();
        };
    }

    private static EndingCode byLog(List<String> logTail) {
        String log = String.join("\n", logTail);
        if (log.contains("No space left on device")) {
            return EndingCode.DISK_FULL;
        }
        if (MISSING_MODULE.matcher(log).find()) {
            return EndingCode.ENVIRONMENT_BROKEN;
        }
        return EndingCode.EXITED;
    }

    private static String sentence(EndingCode code, @Nullable String said, List<String> logTail) {
        String happened = said == null || said.isBlank() ? unsaid(code) : said.strip();
        return switch (code) {
            case STOPPED -> "Stopped.";
            case ENVIRONMENT_BROKEN -> missing(logTail).orElse(happened) + PREPARE_AGAIN;
            case OUT_OF_MEMORY -> happened + " Start it again with a larger profile, or load less data at once.";
            case PORT_TAKEN -> happened + " Start it again; another port will be chosen.";
            case DISK_FULL, HOME_UNUSABLE, TIMED_OUT -> happened;
            case IMAGE_UNAVAILABLE, UNSCHEDULABLE, VOLUME_UNAVAILABLE, REFUSED, CRASH_LOOP, NODE_LOST -> happened;
            case EXITED ->
                happened.toLowerCase(Locale.ROOT).contains("log") ? happened : happened + " The log may say why.";
        };
    }

    private static Optional<String> missing(List<String> logTail) {
        Matcher matcher = MISSING_MODULE.matcher(String.join("\n", logTail));
        return matcher.find()
                ? Optional.of("The notebook environment is damaged: its Python package \"" + matcher.group(1)
                        + "\" is missing.")
                : Optional.empty();
    }

    private static String unsaid(EndingCode code) {
        return switch (code) {
            case STOPPED -> "Stopped.";
            case EXITED ->
                "The server's processes are gone without a word: they were killed, or the machine was restarted.";
            case PORT_TAKEN -> "Another program has taken the port.";
            case ENVIRONMENT_BROKEN -> "The notebook environment is damaged.";
            case DISK_FULL -> "The disk is full. Free some space and start again.";
            case OUT_OF_MEMORY -> "It used more memory than the workspace's profile allows.";
            case TIMED_OUT -> "JupyterLab did not answer in time.";
            case HOME_UNUSABLE -> "The home folder cannot be used. Make it a folder that this account may write.";
            case IMAGE_UNAVAILABLE, UNSCHEDULABLE, VOLUME_UNAVAILABLE, REFUSED, CRASH_LOOP, NODE_LOST ->
                throw new IllegalArgumentException("a process of this machine does not end with " + code);
        };
    }
}
