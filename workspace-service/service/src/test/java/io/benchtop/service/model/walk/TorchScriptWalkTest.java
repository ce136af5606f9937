package io.benchtop.service.model.walk;

import static io.benchtop.service.model.walk.TorchScriptFiles.bytes;
import static io.benchtop.service.model.walk.TorchScriptFiles.changed;
import static io.benchtop.service.model.walk.TorchScriptFiles.good;
import static io.benchtop.service.model.walk.TorchScriptFiles.listed;
import static io.benchtop.service.model.walk.TorchScriptFiles.with;
import static io.benchtop.service.model.walk.TorchScriptFiles.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TorchScriptWalkTest {

    private static final int MODE = 38;
    private static final int SIZE = 24;
    private static final int OFFSET = 42;

    @TempDir
    private Path folder;

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("model.pt"), content);
    }

    static Stream<Arguments> hostile() {
        byte[] good = good();
        int code = listed(good, "model/code/__torch__/net.py");
        int data = listed(good, "model/data/0");
        return Stream.of(
                Arguments.of("a name that leads up", "WRONG_NAME", with("model/../../x", bytes("x"))),
                Arguments.of("a name from the root", "WRONG_NAME", with("/etc/x", bytes("x"))),
                Arguments.of("a name of Windows", "WRONG_NAME", with("..\\x", bytes("x"))),
                Arguments.of("a drive", "WRONG_NAME", with("C:x", bytes("x"))),
                Arguments.of("a control character", "WRONG_NAME", with("model/a\nb", bytes("x"))),
                Arguments.of("a name twice", "WRONG_NAME", with("model/DATA.pkl", bytes("x"))),
                Arguments.of("a neighbour's folder", "NOT_TORCHSCRIPT", with("model_evil/x", bytes("x"))),
                Arguments.of("a link", "NO_FILE", unix(good, code, 0120777)),
                Arguments.of("a device", "NO_FILE", unix(good, code, 0020666)),
                Arguments.of("a library", "LIBRARY", with("model/extra/evil.so", bytes("x"))),
                Arguments.of("a library with a version", "LIBRARY", with("model/extra/evil.so.1.2", bytes("x"))),
                Arguments.of("a size that is not true", "BOMB", changed(good, data + SIZE, 0xffff_fff0L, 4)),
                Arguments.of("a bomb", "BOMB", TorchScriptFiles.packed("model/zeros", new byte[20_000_000])),
                Arguments.of("files over each other", "OVERLAP", overlapping(good, data, code)),
                Arguments.of("something before it", "OVERLAP", shifted(good)),
                Arguments.of("an encrypted file", "BROKEN_ARCHIVE", changed(good, code + 8, 1, 2)),
                Arguments.of("a place outside", "BROKEN_ARCHIVE", changed(good, code + OFFSET, 0x7fff_0000L, 4)),
                Arguments.of("two names for a file", "BROKEN_ARCHIVE", changed(good, code + 46, 'n', 1)),
                Arguments.of("a hundred thousand files and more", "TOO_MANY_FILES", many()),
                Arguments.of("a list that breaks off", "BROKEN_ARCHIVE", changed(good, good.length - 12, 9_999, 2)),
                Arguments.of(
                        "two ends that say different things", "BROKEN_ARCHIVE", TorchScriptFiles.withBothEnds(good, 1)),
                Arguments.of("no end", "BROKEN_ARCHIVE", Arrays.copyOf(good, good.length - 4)),
                Arguments.of("nothing", "BROKEN_ARCHIVE", new byte[0]),
                Arguments.of("a pickle of torch.save", "NOT_TORCHSCRIPT", without("model/constants.pkl")),
                Arguments.of("no data", "NOT_TORCHSCRIPT", without("model/data.pkl")));
    }

    private static byte[] unix(byte[] archive, int at, int mode) {
        return changed(changed(archive, at + 4, 3 << 8 | 20, 2), at + MODE, (long) mode << 16, 4);
    }

    private static byte[] overlapping(byte[] archive, int first, int second) {
        // Both say that they begin where the second does, and the first keeps a name of its own length.
        Map<String, byte[]> files = new LinkedHashMap<>(TorchScriptFiles.files());
        files.put("model/inner", TorchScriptFiles.archive(Map.of("model/hidden", bytes("x"))));
        files.put("model/hidden", bytes("x"));
        byte[] nested = TorchScriptFiles.archive(files);
        int inner = indexOf(nested, "PK\3\4", indexOf(nested, "model/inner", 0));
        assertThat(first + second).isPositive();
        return changed(nested, listed(nested, "model/hidden") + OFFSET, inner, 4);
    }

    private static int indexOf(byte[] where, String what, int from) {
        return new String(where, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(what, from);
    }

    private static byte[] shifted(byte[] archive) {
        byte[] shifted = new byte[archive.length + 8];
        System.arraycopy(archive, 0, shifted, 8, archive.length);
        byte[] result = shifted;
        for (String name : TorchScriptFiles.files().keySet()) {
            int at = listed(result, name) + OFFSET;
            long offset = (result[at] & 0xff) | (result[at + 1] & 0xff) << 8;
            result = changed(result, at, offset + 8, 4);
        }
        int end = result.length - 22 + 16;
        long list = (result[end] & 0xff) | (result[end + 1] & 0xff) << 8 | (result[end + 2] & 0xff) << 16;
        return changed(result, end, list + 8, 4);
    }

    private static byte[] many() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i <= ZipEntries.MOST; i++) {
            files.put("m/" + i, new byte[0]);
        }
        return TorchScriptFiles.archive(files);
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @Timeout(5)
    void s33AHostileArchiveIsRefused(String what, String code, byte[] content) throws IOException {
        // Given
        Path file = file(content);

        // Then
        assertThatThrownBy(() -> TorchScriptWalk.check(file))
                .as(what)
                .isInstanceOfSatisfying(
                        HostileFile.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    @Test
    void aGoodArchivePassesStoredOrPacked() throws IOException {
        Path stored = file(good());
        assertThatCode(() -> TorchScriptWalk.check(stored)).doesNotThrowAnyException();
        Path packed = file(TorchScriptFiles.packed("model/code/__torch__.py", bytes("pass")));
        assertThatCode(() -> TorchScriptWalk.check(packed)).doesNotThrowAnyException();
        Path large = file(TorchScriptFiles.withBothEnds(good(), 0));
        assertThatCode(() -> TorchScriptWalk.check(large)).doesNotThrowAnyException();
    }

    @Test
    @Timeout(60)
    void s33AnyChangeOfAGoodArchiveIsRefusedOrPassesAndNeverFails() throws IOException {
        // Given
        byte[] good = good();
        Random random = new Random(7);
        int refused = 0;

        // When
        for (int round = 0; round < 2_000; round++) {
            byte[] changed = good.clone();
            for (int change = 0; change <= random.nextInt(4); change++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(4) == 0) {
                changed = Arrays.copyOf(changed, random.nextInt(changed.length));
            }
            try {
                TorchScriptWalk.check(file(changed));
            } catch (HostileFile e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank();
            }
        }

        // Then
        assertThat(refused).isGreaterThan(400);
    }
}
