package io.benchtop.sdk.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * SHA-256 of the cells of code of a notebook as it was last saved, each in UTF-8 and ended by a byte 0. Outputs are not part of it,
 * so that running a notebook again does not change it. See nbformat 4, https://nbformat.readthedocs.io/.
 */
final class NotebookCode {

    private NotebookCode() {}

    /** Empty if the file cannot be read or is no notebook. */
    static Optional<String> hash(Path notebook) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var cells = JsonParser.parseString(Files.readString(notebook))
                    .getAsJsonObject()
                    .getAsJsonArray("cells");
            for (var cell : cells) {
                var each = cell.getAsJsonObject();
                if ("code".equals(each.get("cell_type").getAsString())) {
                    digest.update((text(each.get("source")) + "\0").getBytes(UTF_8));
                }
            }
            return Optional.of(HexFormat.of().formatHex(digest.digest()));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String text(JsonElement source) {
        if (!source.isJsonArray()) {
            return source.getAsString();
        }
        var all = new StringBuilder();
        source.getAsJsonArray().forEach(line -> all.append(line.getAsString()));
        return all.toString();
    }
}
