package io.benchtop.service.identity.jwt;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The Ed25519 key pair that signs sessions, kept as PKCS#8 PEM in a file that only the service's user reads. Several
 * services that start at once agree on one key: whoever links the file first has made it.
 */
public record SigningKey(PrivateKey privateKey, PublicKey publicKey) {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    public SigningKey {
        requireNonNull(privateKey, "privateKey is null");
        requireNonNull(publicKey, "publicKey is null");
    }

    /** Reads the key, making it first where there is none. */
    public static SigningKey at(Path file) throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) {
            write(
                    file,
                    KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
        }
        return read(file);
    }

    /** Reads a key that somebody else keeps, such as a Kubernetes Secret that every replica has; never makes one. */
    public static SigningKey givenAs(Path file) throws IOException, GeneralSecurityException {
        if (!Files.isReadable(file)) {
            throw new IOException("BENCHTOP_SIGNING_KEY_FILE names " + file + ", which cannot be read; give an Ed25519"
                    + " key there, as made by: openssl genpkey -algorithm ed25519");
        }
        return read(file);
    }

    /** The 32 bytes of the public key, as RFC 8037 wants them. */
    byte[] publicBytes() {
        byte[] encoded = publicKey.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    private static SigningKey read(Path file) throws IOException, GeneralSecurityException {
        String pem = Files.readString(file).strip();
        if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) {
            throw new IOException("the signing key " + file + " is not a PKCS#8 PEM file; delete it and start again:"
                    + " a new one is made and everybody signs in again");
        }
        String base64 =
                pem.substring(BEGIN.length(), pem.length() - END.length()).replaceAll("\\s", "");
        PrivateKey key = KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        return new SigningKey(key, publicOf(key));
    }

    private static void write(Path file, PrivateKey key) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(
                folder,
                "signing",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
            Files.writeString(fresh, BEGIN + "\n" + base64 + "\n" + END + "\n");
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // Another service was faster; its key is ours too.
        } finally {
            Files.delete(fresh);
        }
    }

    /** The JDK has no way from the private key to the public one but to make the pair again from the same seed. */
    private static PublicKey publicOf(PrivateKey key) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) key)
                .getBytes()
                .orElseThrow(() -> new GeneralSecurityException("the signing key does not tell its seed"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
        KeyPair pair = generator.generateKeyPair();
        if (!Arrays.equals(pair.getPrivate().getEncoded(), key.getEncoded())) {
            throw new GeneralSecurityException("the public part of the signing key could not be computed");
        }
        return pair.getPublic();
    }

    /** The key stays out of logs. */
    @Override
    public String toString() {
        return "SigningKey[Ed25519]";
    }

    /** "Random" bytes that are the given ones. */
    private static final class Seed extends SecureRandom {

        private final transient byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
