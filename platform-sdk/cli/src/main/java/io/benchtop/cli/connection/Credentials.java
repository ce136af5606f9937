package io.benchtop.cli.connection;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.benchtop.cli.support.CommandFailure;
import io.benchtop.cli.support.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of {@code benchtop login}, one for each address, in a file that only its owner reads.
 *
 * @param current the address signed in to last; the one to use if none is named
 * @param tokens by address
 */
public record Credentials(@Nullable String current, Map<String, String> tokens) {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    public Credentials {
        tokens = tokens == null ? Map.of() : Map.copyOf(tokens);
    }

    public static Credentials read(Path folder) {
        var file = file(folder);
        try {
            var read = GSON.fromJson(Files.readString(file), Credentials.class);
            return read == null ? new Credentials(null, Map.of()) : read;
        } catch (NoSuchFileException none) {
            return new Credentials(null, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (JsonParseException e) {
            throw new CommandFailure(file + " is damaged. Remove it and sign in again with `benchtop login`.");
        }
    }

    public void writeTo(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder + ": " + e.getMessage(), e);
        }
        PrivateFile.write(file(folder), GSON.toJson(this) + "\n");
    }

    public Credentials with(String url, String token) {
        var more = new LinkedHashMap<>(tokens);
        more.put(url, token);
        return new Credentials(url, more);
    }

    public Credentials without(String url) {
        var fewer = new LinkedHashMap<>(tokens);
        fewer.remove(url);
        return new Credentials(url.equals(current) ? null : current, fewer);
    }

    public Optional<String> token(String url) {
        return Optional.ofNullable(tokens.get(url));
    }

    private static Path file(Path folder) {
        return folder.resolve("credentials.json");
    }

    /** Tokens are secrets and stay out of logs. */
    @Override
    public String toString() {
        return "Credentials[" + current + ", " + tokens.keySet() + "]";
    }
}
