package io.benchtop.service;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A certificate of a server called {@code localhost}, that nobody trusts who is not told to; made by the JDK's keytool. */
public final class TestingCertificate {

    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "server";

    private final KeyStore store;

    private TestingCertificate(KeyStore store) {
        this.store = store;
    }

    public static TestingCertificate make(Path folder) throws IOException, GeneralSecurityException {
        Path file = folder.resolve("server.p12");
        TestingServers.run(
                List.of(),
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD);
        return new TestingCertificate(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
    }

    /** A store for a JVM that is to trust it. */
    public Path trust(Path folder) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
        Path file = folder.resolve("trusted.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** Writes {@code server.crt} and {@code server.key} for a program that runs as the folder's owner. */
    void write(Path folder) throws IOException {
        try {
            pem(
                    folder.resolve("server.crt"),
                    "CERTIFICATE",
                    store.getCertificate(ALIAS).getEncoded());
            pem(
                    folder.resolve("server.key"),
                    "PRIVATE KEY",
                    store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void pem(Path file, String what, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n",
                StandardCharsets.US_ASCII);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setOwner(file, Files.getOwner(file.getParent()));
    }
}
