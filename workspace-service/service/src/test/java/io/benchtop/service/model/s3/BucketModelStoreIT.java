package io.benchtop.service.model.s3;

import io.benchtop.service.TestingStore;
import io.benchtop.service.model.ModelStore;
import io.benchtop.service.model.ModelStoreContract;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class BucketModelStoreIT extends ModelStoreContract {

    private static final String SECRET = "a-secret-for-tests";

    @TempDir
    private Path folder;

    private TestingStore server;
    private BucketModelStore store;

    @BeforeEach
    void start() throws Exception {
        server = TestingStore.start(Files.createDirectory(folder.resolve("objects")), SECRET);
        server.createBucket("lake");
        store = new BucketModelStore(
                new ModelBucket(
                        "lake",
                        "team",
                        "us-east-1",
                        Optional.of(URI.create("http://127.0.0.1:" + server.port())),
                        true,
                        TestingStore.KEY,
                        SECRET),
                folder.resolve("temporary"));
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Override
    protected ModelStore store() {
        return store;
    }
}
