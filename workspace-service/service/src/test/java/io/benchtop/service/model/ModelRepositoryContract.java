package io.benchtop.service.model;

import static io.benchtop.service.model.SampleModels.ALICE;
import static io.benchtop.service.model.SampleModels.BOB;
import static io.benchtop.service.model.SampleModels.NOW;
import static io.benchtop.service.model.SampleModels.model;
import static io.benchtop.service.model.SampleModels.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.identity.UserName;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every repository of models holds to. */
public abstract class ModelRepositoryContract {

    /** Empty. */
    protected abstract ModelRepository models();

    protected abstract void user(UserName name);

    @BeforeEach
    void insertUsers() {
        user(ALICE);
        user(BOB);
    }

    @Test
    void givesBackAModelAsItWasAndTakesNoSecondOfItsNameWhateverTheCase() {
        // Given
        RegisteredModel risk = model("Orders-Risk", "bob", "*").shared(Set.of("*"), Set.of("bob"), true, NOW);

        // Then
        assertThat(models().insert(risk)).isTrue();
        assertThat(models().insert(model("orders-risk"))).isFalse();
        assertThat(models().find(new ModelName("ORDERS-RISK"))).contains(risk);
        assertThat(models().find(risk.id())).contains(risk);
        assertThat(models().find(new ModelName("other"))).isEmpty();
    }

    @Test
    void findsWhatAPersonMayReadByName() {
        // Given
        models().insert(model("private"));
        models().insert(model("shared", "bob"));
        models().insert(model("open", "*"));
        models().insert(model("published").shared(Set.of(), Set.of("bob"), false, NOW));

        // Then
        assertThat(models().search(BOB, "", 10))
                .extracting(found -> found.name().value())
                .containsExactly("open", "published", "shared");
        assertThat(models().search(null, "RISK OF", 10)).hasSize(4);
        assertThat(models().search(ALICE, "SHA", 10)).hasSize(1);
        assertThat(models().search(null, "", 2)).hasSize(2);
    }

    @Test
    void countsVersionsAndGivesThemBackAsTheyWere() {
        // Given
        RegisteredModel risk = model("risk");
        models().insert(risk);
        ModelVersion first = version(risk.id(), 1, "0.0.9");
        ModelVersion second = version(risk.id(), 2, "0.0.10");

        // When
        var before = models().lock(risk.id()).orElseThrow();
        models().insert(first, null);
        models().insert(second, new PublishKey(ALICE, "key-1", "hash"));

        // Then
        assertThat(before.next()).isEqualTo(1);
        assertThat(before.highest()).isEmpty();
        assertThat(models().lock(risk.id()).orElseThrow())
                .isEqualTo(new ModelRepository.Numbering(3, Optional.of(second.version())));
        assertThat(models().versions(risk.id())).containsExactly(second, first);
        assertThat(models().version(risk.id(), first.version())).contains(first);
        assertThat(models().version(risk.id(), 2)).contains(second);
        assertThat(models().version(risk.id(), 3)).isEmpty();
        assertThat(models().begun(risk.id(), ALICE, "key-1")).contains(new ModelRepository.Begun(second, "hash"));
        assertThat(models().begun(risk.id(), BOB, "key-1")).isEmpty();
    }

    @Test
    void keepsEveryStateOfAVersion() {
        // Given
        RegisteredModel risk = model("risk");
        models().insert(risk);
        models().insert(version(risk.id(), 1, "0.0.1"), null);

        // Then
        ModelVersion uploading = change(risk, each -> each.arrived(new FilePath("model.onnx")));
        ModelVersion checking =
                change(risk, each -> each.arrived(new FilePath("more/MLmodel")).committed());
        assertThat(models().unchecked(10)).containsExactly(checking);
        assertThat(models().latest(risk.id())).isEmpty();
        ModelVersion ready = change(risk, each -> each.checked(new ModelState.Ready(FakeModelGate.CHECK, "fine")));
        assertThat(models().unchecked(10)).isEmpty();
        assertThat(models().latest(risk.id())).contains(ready);
        ModelVersion approved =
                change(risk, each -> each.reviewed(new Approval(Approval.Status.APPROVED, BOB, "well")));
        ModelVersion deleted = change(risk, each -> each.deleted(BOB, NOW));
        assertThat(uploading.state()).isInstanceOf(ModelState.Uploading.class);
        assertThat(approved.approval().by()).isEqualTo(BOB);
        assertThat(deleted.isDeleted()).isTrue();
        assertThat(models().latest(risk.id())).isEmpty();
    }

    private ModelVersion change(RegisteredModel model, java.util.function.UnaryOperator<ModelVersion> change) {
        ModelVersion after = models().change(model.id(), 1, change).orElseThrow();
        assertThat(models().version(model.id(), 1)).contains(after);
        return after;
    }

    @Test
    void pointsAliasesAndForgetsThemWithTheirVersion() {
        // Given
        RegisteredModel risk = model("risk");
        models().insert(risk);
        models().insert(version(risk.id(), 1, "0.0.1"), null);

        // When
        RegisteredModel pointed = models().change(risk.id(), each -> each.pointing(new Alias("best"), 1, NOW))
                .orElseThrow();

        // Then
        assertThat(models().find(risk.id())).contains(pointed);
        models().removeVersion(risk.id(), 1);
        assertThat(models().find(risk.id()).orElseThrow().aliases()).isEmpty();
    }

    @Test
    void whatWasCommittedOrHasTimeIsNotAbandoned() {
        // Given
        RegisteredModel risk = model("risk");
        models().insert(risk);
        models().insert(version(risk.id(), 1, "0.0.1"), null);

        // Then
        assertThat(change(risk, each -> each).isAbandoned(NOW)).isFalse();
        assertThat(change(risk, each -> each).isAbandoned(NOW.plusSeconds(61))).isTrue();
        for (PublishedFile file : change(risk, each -> each).publication().files()) {
            change(risk, each -> each.arrived(file.path()));
        }
        assertThat(change(risk, ModelVersion::committed).isAbandoned(NOW.plusSeconds(61)))
                .isFalse();
    }

    @Test
    void findsWhatWasAbandonedAndRemovesAModelWithAll() {
        // Given
        RegisteredModel risk = model("risk");
        models().insert(risk);
        ModelVersion version = version(risk.id(), 1, "0.0.1");
        models().insert(version, null);

        // Then
        assertThat(models().abandoned(NOW, 10)).isEmpty();
        assertThat(models().abandoned(NOW.plusSeconds(61), 10)).containsExactly(version);
        models().remove(risk.id());
        assertThat(models().find(risk.id())).isEmpty();
        assertThat(models().versions(risk.id())).isEmpty();
        assertThat(models().lock(risk.id())).isEmpty();
    }
}
