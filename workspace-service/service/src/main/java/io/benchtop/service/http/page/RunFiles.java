package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.experiment.ArtifactStore.Entry;
import io.benchtop.service.experiment.ExperimentRun;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies in one folder of a run, folders first, pictures as such.
 *
 * @param kept false where there is no place for files
 * @param way the folders that lead here, the run's own first and this one last
 * @param left how many more there are than a page shows
 */
record RunFiles(boolean kept, List<Place> way, List<Row> rows, int left) {

    private static final int MOST_ROWS = 500;
    private static final Comparator<Entry> FOLDERS_FIRST =
            Comparator.comparing(Entry::isFolder).reversed().thenComparing(Entry::name);

    RunFiles {
        way = List.copyOf(way);
        rows = List.copyOf(rows);
    }

    static final RunFiles NOWHERE = new RunFiles(false, List.of(), List.of(), 0);

    /** @param folder names separated by slashes; empty for the run's own folder */
    static RunFiles of(ExperimentRun run, String folder, List<Entry> entries) {
        String address = address(run);
        String before = folder.isEmpty() ? "" : folder + "/";
        return new RunFiles(
                true,
                way(address, folder),
                entries.stream()
                        .sorted(FOLDERS_FIRST)
                        .limit(MOST_ROWS)
                        .map(entry -> row(address, before, entry))
                        .toList(),
                Math.max(0, entries.size() - MOST_ROWS));
    }

    static String address(ExperimentRun run) {
        return "/experiments/" + run.experiment() + "/runs/" + run.id() + "/files";
    }

    private static List<Place> way(String address, String folder) {
        List<Place> way = new ArrayList<>(List.of(new Place("Files", address)));
        for (int end = folder.indexOf('/'); !folder.isEmpty(); end = folder.indexOf('/', end + 1)) {
            String path = end < 0 ? folder : folder.substring(0, end);
            way.add(new Place(path.substring(path.lastIndexOf('/') + 1), asking(address, path)));
            if (end < 0) {
                break;
            }
        }
        return way;
    }

    private static Row row(String address, String before, Entry entry) {
        String path = before + entry.name();
        if (entry.isFolder()) {
            return new Row(entry.name(), asking(address, path), true, "", null);
        }
        boolean picture = ImageType.isThumbnail(entry.name(), entry.size());
        return new Row(
                entry.name(),
                asking(address + "/download", path),
                false,
                HumaneBytes.size(entry.size()),
                picture ? asking(address + "/image", path) : null);
    }

    private static String asking(String address, String path) {
        return address + "?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    boolean isTop() {
        return way.size() < 2;
    }

    List<Row> pictures() {
        return rows.stream()
                .filter(row -> row.picture() != null)
                .limit(ImageType.MOST_THUMBNAILS)
                .toList();
    }

    record Place(String name, String address) {

        Place {
            requireNonNull(name, "name is null");
            requireNonNull(address, "address is null");
        }
    }

    /** @param picture where it is shown as one; null if it cannot be or is too large to be shown among others */
    record Row(
            String name,
            String address,
            boolean folder,
            String size,
            @Nullable String picture) {

        Row {
            requireNonNull(name, "name is null");
            requireNonNull(address, "address is null");
            requireNonNull(size, "size is null");
        }
    }
}
