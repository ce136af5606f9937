package io.benchtop.service.model.local;

import io.benchtop.service.model.ModelStore;
import io.benchtop.service.model.ModelStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderModelStoreTest extends ModelStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected ModelStore store() {
        return new FolderModelStore(folder);
    }
}
