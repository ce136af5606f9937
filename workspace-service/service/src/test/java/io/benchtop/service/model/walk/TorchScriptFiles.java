package io.benchtop.service.model.walk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives as torch.jit.save writes them, and others. */
final class TorchScriptFiles {

    private TorchScriptFiles() {}

    static byte[] good() {
        return archive(files());
    }

    static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("model/data.pkl", bytes("pickle"));
        files.put("model/code/__torch__/net.py", bytes("def forward(self, x): return x\n"));
        files.put("model/data/0", new byte[64]);
        files.put("model/constants.pkl", bytes("pickle"));
        files.put("model/version", bytes("3\n"));
        return files;
    }

    static byte[] with(String name, byte[] content) {
        Map<String, byte[]> files = files();
        files.put(name, content);
        return archive(files);
    }

    static byte[] without(String name) {
        Map<String, byte[]> files = files();
        files.remove(name);
        return archive(files);
    }

    static byte[] archive(Map<String, byte[]> files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(each.getValue().length);
                CRC32 crc = new CRC32();
                crc.update(each.getValue());
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] packed(String name, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : files().entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
            }
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * With the larger end beside the smaller one, as PyTorch writes it.
     *
     * @param more files than there are, to say something that is not true
     */
    static byte[] withBothEnds(byte[] archive, int more) {
        int end = archive.length - 22;
        ByteBuffer small = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
        long count = (small.getShort(end + 10) & 0xffff) + more;
        return ByteBuffer.allocate(archive.length + 56 + 20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(archive, 0, end)
                .putInt(0x06064b50)
                .putLong(44)
                .putShort((short) 45)
                .putShort((short) 45)
                .putLong(0)
                .putLong(count)
                .putLong(count)
                .putLong(small.getInt(end + 12))
                .putLong(small.getInt(end + 16))
                .putInt(0x07064b50)
                .putInt(0)
                .putLong(end)
                .putInt(1)
                .put(archive, end, 22)
                .array();
    }

    /** Where the entry of a file begins in the list at the end. */
    static int listed(byte[] archive, String name) {
        byte[] wanted = bytes(name);
        for (int at = archive.length - 46; at >= 0; at--) {
            if (archive[at] == 'P'
                    && archive[at + 1] == 'K'
                    && archive[at + 2] == 1
                    && archive[at + 3] == 2
                    && new String(archive, at + 46, wanted.length, StandardCharsets.UTF_8).equals(name)) {
                return at;
            }
        }
        throw new IllegalArgumentException(name);
    }

    static byte[] changed(byte[] archive, int at, long value, int bytes) {
        byte[] changed = archive.clone();
        for (int i = 0; i < bytes; i++) {
            changed[at + i] = (byte) (value >>> (8 * i));
        }
        return changed;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
