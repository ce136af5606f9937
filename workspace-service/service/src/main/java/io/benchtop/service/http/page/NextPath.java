package io.benchtop.service.http.page;

import io.benchtop.service.http.LocalPath;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a start leads: below the workspace that was started and nowhere else (S06). */
final class NextPath {

    private NextPath() {}

    /**
     * @param path the workspace's own path
     * @param asked raw path and query that somebody opened while it did not run
     */
    static String below(String path, @Nullable String asked) {
        if (asked == null || !asked.startsWith(path) || climbs(asked.substring(path.length()))) {
            return path + "lab";
        }
        return LocalPath.orStart(asked).value().equals(asked) ? asked : path + "lab";
    }

    /** Whether a browser or server might read steps upwards out of it; encoded percent signs could hide some. */
    private static boolean climbs(String rest) {
        int query = rest.indexOf('?');
        String steps = (query < 0 ? rest : rest.substring(0, query)).toLowerCase(Locale.ROOT);
        return steps.contains("..")
                || steps.contains("%2e")
                || steps.contains("%2f")
                || steps.contains("%5c")
                || steps.contains("%25");
    }
}
