package io.benchtop.service.model.walk;

import io.benchtop.service.model.walk.ZipEntries.Entry;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Looks through a model in TorchScript, which is a zip archive, before anything loads it (S33): no name leads out of it, nothing is a
 * link or a library, nothing lies over something else or grows beyond measure, and it is TorchScript and no pickle.
 */
public final class TorchScriptWalk {

    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int KIND = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;
    private static final int LARGEST_RATIO = 100;
    private static final long SMALL = 10_000_000;
    private static final long LARGEST = 1L << 35;
    private static final String AGAIN = " Save the model again with torch.jit.save.";

    private TorchScriptWalk() {}

    /** @throws HostileFile if it is refused */
    public static void check(Path file) throws IOException, HostileFile {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            List<Entry> entries = ZipEntries.read(channel);
            Set<String> names = new HashSet<>();
            long total = 0;
            for (Entry entry : entries) {
                checkName(entry, names);
                checkKind(entry);
                checkSize(entry);
                total += entry.size();
                if (total > LARGEST) {
                    throw bomb(entry);
                }
            }
            checkPlaces(entries);
            checkShape(names);
        } catch (EOFException _) {
            throw new HostileFile("BROKEN_ARCHIVE", "the archive breaks off." + AGAIN);
        }
    }

    private static HostileFile refused(String code, Entry entry, String what) {
        return new HostileFile(code, "the archive's file \"" + OnnxPart.readable(entry.name()) + "\" " + what + AGAIN);
    }

    private static void checkName(Entry entry, Set<String> names) throws HostileFile {
        String name = entry.name();
        boolean leadsElsewhere = name.startsWith("/")
                || name.contains("\\")
                || name.contains(":")
                || name.chars().anyMatch(each -> Character.isISOControl(each) || each == 0xfffd)
                || List.of(name.split("/", -1)).stream().anyMatch(part -> part.equals("..") || part.equals("."));
        if (leadsElsewhere) {
            throw refused("WRONG_NAME", entry, "has a name that leads out of it.");
        }
        // Not all machines tell names apart by their case.
        if (!names.add(name.toLowerCase(Locale.ROOT))) {
            throw refused("WRONG_NAME", entry, "is there twice.");
        }
    }

    private static void checkKind(Entry entry) throws HostileFile {
        int kind = entry.mode() & KIND;
        if (kind != 0 && kind != REGULAR && kind != FOLDER) {
            throw refused("NO_FILE", entry, "is a link or a device.");
        }
        if (entry.name().toLowerCase(Locale.ROOT).matches(".*\\.(so(\\.[0-9.]+)?|dll|dylib|pyd|exe|sh)")) {
            throw refused("LIBRARY", entry, "is a library or a program, which no model needs.");
        }
        if (entry.method() != STORED && entry.method() != DEFLATED) {
            throw refused("BROKEN_ARCHIVE", entry, "is packed in a way that PyTorch does not write.");
        }
    }

    private static void checkSize(Entry entry) throws HostileFile {
        boolean grows = entry.method() == STORED
                ? entry.size() != entry.compressed()
                : entry.size() > SMALL && entry.size() / LARGEST_RATIO > entry.compressed();
        if (grows) {
            throw bomb(entry);
        }
    }

    private static HostileFile bomb(Entry entry) {
        return refused(
                "BOMB",
                entry,
                "would grow to " + entry.size() + " bytes from " + entry.compressed()
                        + ", which no model's does, or all together would be too large.");
    }

    private static void checkPlaces(List<Entry> entries) throws HostileFile {
        long end = 0;
        for (Entry entry :
                entries.stream().sorted(Comparator.comparingLong(Entry::offset)).toList()) {
            if (entry.offset() < end || (end == 0 && entry.offset() != 0)) {
                throw refused("OVERLAP", entry, "lies over another one, or behind something that is no file.");
            }
            end = entry.end();
        }
    }

    private static void checkShape(Set<String> names) throws HostileFile {
        Set<String> roots = new HashSet<>();
        names.forEach(name -> roots.add(name.substring(0, Math.max(0, name.indexOf('/')))));
        String root = roots.size() == 1 ? roots.iterator().next() : "";
        boolean pickle = names.contains(root + "/data.pkl");
        boolean script = pickle
                && names.contains(root + "/constants.pkl")
                && names.stream().anyMatch(name -> name.startsWith(root + "/code/"));
        if (root.isEmpty() || !script) {
            throw new HostileFile(
                    "NOT_TORCHSCRIPT",
                    (pickle
                                    ? "this is a pickle of torch.save, which runs code when it is loaded."
                                    : "this is no TorchScript: it lacks constants.pkl, data.pkl or its code in one folder.")
                            + " Use torch.jit.trace or torch.jit.script and torch.jit.save, or export to ONNX.");
        }
    }
}
