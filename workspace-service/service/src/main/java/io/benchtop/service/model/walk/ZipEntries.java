package io.benchtop.service.model.walk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the list at the end of a zip file, and the header before each file in it, and trusts neither: both must say the same, and
 * nothing may lie outside of the file or over something else.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">.ZIP File Format Specification</a>
 */
final class ZipEntries {

    static final int MOST = 100_000;

    private static final int LONGEST_NAME = 512;
    private static final int END = 22;
    private static final int END_64 = 56;
    private static final int LOCATOR = 20;
    private static final int LOCAL = 30;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final long ALL_32 = 0xffff_ffffL;

    /**
     * A file in it.
     *
     * @param mode what it is on Unix; 0 if that is not said
     * @param end where its bytes end
     */
    record Entry(String name, int method, int mode, long compressed, long size, long offset, long end) {}

    private final FileChannel channel;
    private final FileBytes in;

    private ZipEntries(FileChannel channel) throws IOException {
        this.channel = channel;
        this.in = new FileBytes(channel);
    }

    static List<Entry> read(FileChannel channel) throws IOException, HostileFile {
        return new ZipEntries(channel).read();
    }

    private List<Entry> read() throws IOException, HostileFile {
        long end = end();
        in.position(end + 4);
        long disk = in.number(2);
        long diskOfList = in.number(2);
        long countHere = in.number(2);
        long count = in.number(2);
        long length = in.number(4);
        long start = in.number(4);
        long limit = end;
        if (hasLocator(end) || count == 0xffff || length == ALL_32 || start == ALL_32) {
            limit = end64(end);
            in.position(limit + 24);
            countHere = in.number(8);
            count = same(count, 0xffff, in.number(8));
            length = same(length, ALL_32, in.number(8));
            start = same(start, ALL_32, in.number(8));
        }
        if ((disk != 0 && disk != 0xffff) || (diskOfList != 0 && diskOfList != 0xffff) || countHere != count) {
            throw broken("it is one of several pieces");
        }
        if (count < 0 || count > MOST) {
            throw new HostileFile(
                    "TOO_MANY_FILES",
                    "the archive says that it has " + Long.toUnsignedString(count) + " files; " + MOST
                            + " are possible. Save the model again with torch.jit.save.");
        }
        if (start < 0 || length < 0 || start > limit || length != limit - start) {
            throw broken("its list of files is not where it says");
        }
        in.position(start);
        List<Entry> entries = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            entries.add(entry(start, limit));
        }
        if (in.position() != limit) {
            throw broken("its list of files is longer than it says");
        }
        return entries;
    }

    /** PyTorch writes the larger record also where the smaller one has room. */
    private boolean hasLocator(long end) throws IOException {
        if (end < LOCATOR) {
            return false;
        }
        in.position(end - LOCATOR);
        return in.number(4) == 0x07064b50L;
    }

    /** A number that may be told twice. */
    private static long same(long small, long unsaid, long large) throws HostileFile {
        if (small != unsaid && small != large) {
            throw broken("its two ends say different things");
        }
        return large;
    }

    private static HostileFile broken(String what) {
        return new HostileFile(
                "BROKEN_ARCHIVE",
                "this is no sound zip archive: " + what + ". Save the model again with torch.jit.save.");
    }

    /** Where the last record begins. */
    private long end() throws IOException, HostileFile {
        long lowest = Math.max(0, in.size() - END - LONGEST_COMMENT);
        for (long at = in.size() - END; at >= lowest; at--) {
            in.position(at);
            if (in.number(4) == 0x06054b50L) {
                in.position(at + 20);
                if (in.number(2) == in.size() - at - END) {
                    return at;
                }
            }
        }
        throw broken("it has no end");
    }

    private long end64(long end) throws IOException, HostileFile {
        in.position(Math.max(0, end - LOCATOR));
        if (end < LOCATOR || in.number(4) != 0x07064b50L) {
            throw broken("its end does not say where the list of files is");
        }
        in.number(4);
        long at = in.number(8);
        if (at < 0 || at > end - LOCATOR - END_64) {
            throw broken("its end lies outside of it");
        }
        in.position(at);
        if (in.number(4) != 0x06064b50L) {
            throw broken("its end is not where it says");
        }
        return at;
    }

    private Entry entry(long files, long limit) throws IOException, HostileFile {
        if (in.position() > limit - 46 || in.number(4) != 0x02014b50L) {
            throw broken("its list of files breaks off");
        }
        int madeBy = (int) in.number(2);
        in.number(2);
        int flags = (int) in.number(2);
        int method = (int) in.number(2);
        in.number(8);
        long compressed = in.number(4);
        long size = in.number(4);
        int nameLength = (int) in.number(2);
        int extraLength = (int) in.number(2);
        int commentLength = (int) in.number(2);
        in.number(4);
        int mode = (int) (in.number(4) >>> 16);
        long offset = in.number(4);
        if (nameLength == 0 || nameLength > LONGEST_NAME || (flags & 1) != 0) {
            throw broken("a file has no name, a name of more than " + LONGEST_NAME + " bytes, or is encrypted");
        }
        String name = in.text(nameLength);
        long next = in.position() + extraLength + commentLength;
        if (next > limit) {
            throw broken("its list of files breaks off");
        }
        long[] large = {size, compressed, offset};
        extra(in.position() + extraLength, large);
        in.position(next);
        Entry entry = new Entry(name, method, madeBy >>> 8 == 3 ? mode : 0, large[1], large[0], large[2], 0);
        return placed(entry, files);
    }

    /** The three numbers that did not fit, in this order and as far as they did not. */
    private void extra(long end, long[] large) throws IOException, HostileFile {
        while (in.position() + 4 <= end) {
            int id = (int) in.number(2);
            int length = (int) in.number(2);
            long next = in.position() + length;
            if (next > end) {
                throw broken("what is said of a file breaks off");
            }
            if (id == 1) {
                for (int i = 0; i < large.length; i++) {
                    if (large[i] == ALL_32 && in.position() + 8 <= next) {
                        large[i] = in.number(8);
                    }
                }
            }
            in.position(next);
        }
    }

    private Entry placed(Entry entry, long files) throws IOException, HostileFile {
        long offset = entry.offset();
        if (offset < 0 || offset > files - LOCAL || entry.compressed() < 0 || entry.size() < 0) {
            throw broken("a file lies outside of it");
        }
        ByteBuffer header = read(offset, LOCAL);
        int nameLength = header.getShort(26) & 0xffff;
        long data = offset + LOCAL + nameLength + (header.getShort(28) & 0xffff);
        if (header.getInt(0) != 0x04034b50
                || (header.getShort(8) & 0xffff) != entry.method()
                || nameLength > LONGEST_NAME
                || data > files) {
            throw broken("a file is not what the list says");
        }
        byte[] name = read(offset + LOCAL, nameLength).array();
        if (!entry.name().equals(new String(name, StandardCharsets.UTF_8))) {
            throw broken("a file has two names");
        }
        if (entry.compressed() > files - data) {
            throw broken("a file is longer than the archive");
        }
        return new Entry(
                entry.name(),
                entry.method(),
                entry.mode(),
                entry.compressed(),
                entry.size(),
                offset,
                data + entry.compressed());
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file ends");
            }
        }
        return bytes.flip();
    }
}
