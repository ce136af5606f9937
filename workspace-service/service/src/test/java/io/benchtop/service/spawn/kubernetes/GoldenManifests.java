package io.benchtop.service.spawn.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What factories made when somebody last looked at it; {@code -Dgolden.write=true} writes it anew. */
public final class GoldenManifests {

    private final Path folder;

    /** @param name of the test that they belong to */
    public GoldenManifests(String name) {
        this.folder = Path.of("src/test/resources", name);
    }

    public void assertSame(String name, HasMetadata object) throws IOException {
        Path golden = folder.resolve(name).resolve("out-" + object.getKind() + ".yaml");
        String made = Serialization.asYaml(object);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, made);
        }
        assertThat(made).isEqualTo(Files.readString(golden));
    }
}
