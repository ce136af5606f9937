package io.benchtop.service.model;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.identity.UserName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Models and versions for tests. */
public final class SampleModels {

    public static final UserName ALICE = new UserName("alice");
    public static final UserName BOB = new UserName("bob");
    public static final Instant NOW = Instant.parse("2026-11-26T10:00:00.123456Z");

    private SampleModels() {}

    public static PublishedFile file(String path, String content) {
        return new PublishedFile(
                new FilePath(path), content.getBytes(StandardCharsets.UTF_8).length, Digest.of(content));
    }

    public static RegisteredModel model(String name, String... readers) {
        return RegisteredModel.of(new ModelName(name), ALICE, NOW)
                .described("Risk of Ülm", NOW)
                .shared(Set.of(readers), Set.of(), false, NOW)
                .tagged(Map.of("team", "sales"), NOW);
    }

    public static ModelVersion version(ModelId model, long number, String version) {
        return new ModelVersion(
                model,
                SemanticVersion.parse(version),
                number,
                new Publication(
                        ModelFormat.ONNX,
                        List.of(file("model.onnx", "onnx"), file("more/MLmodel", "x")),
                        null,
                        Map.of("auc", 0.91),
                        Provenance.UNKNOWN,
                        ALICE,
                        NOW),
                new ModelState.Uploading(NOW.plusSeconds(60), Set.of()),
                Approval.PENDING,
                "first",
                Map.of("k", "v"));
    }
}
