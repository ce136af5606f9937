package io.benchtop.cli.local;

import io.benchtop.cli.support.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret that service, proxy and supervisor know each other by; made once for a data folder. */
record InternalKey(String value) {

    static InternalKey of(Path file) {
        try {
            if (Files.isRegularFile(file)) {
                return new InternalKey(Files.readString(file).strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        var random = new byte[32];
        new SecureRandom().nextBytes(random);
        var made = new InternalKey(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        PrivateFile.write(file, made.value());
        return made;
    }

    String authorization() {
        return "Internal " + value;
    }

    /** A secret stays out of logs. */
    @Override
    public String toString() {
        return "InternalKey[]";
    }
}
