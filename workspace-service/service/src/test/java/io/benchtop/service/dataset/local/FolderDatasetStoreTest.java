package io.benchtop.service.dataset.local;

import io.benchtop.service.dataset.DatasetStore;
import io.benchtop.service.dataset.DatasetStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderDatasetStoreTest extends DatasetStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected DatasetStore store() {
        return new FolderDatasetStore(folder, true);
    }
}
