package io.benchtop.service.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.dataset.DatasetRepository.NewVersion;
import io.benchtop.service.dataset.DatasetVersion.Origin;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnProfile;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.TablePreview;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every repository of datasets holds to. */
public abstract class DatasetRepositoryContract {

    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00.123456Z");
    private static final Origin NOWHERE = new Origin(null, null);

    /** Empty. */
    protected abstract DatasetRepository datasets();

    protected abstract void user(UserName name);

    @BeforeEach
    void insertUsers() {
        user(ALICE);
        user(BOB);
    }

    private static Dataset dataset(String name, DatasetSource source, String... readers) {
        return new Dataset(
                DatasetId.random(),
                DatasetName.parse(name),
                ALICE,
                "orders of Ülm",
                Map.of("team", "sales"),
                Set.of(readers),
                source,
                NOW,
                NOW,
                null);
    }

    private Dataset inserted(String name, String... readers) {
        Dataset dataset = dataset(name, new DatasetSource.Managed(), readers);
        assertThat(datasets().insert(dataset)).isTrue();
        return dataset;
    }

    private static NewVersion version(UploadId upload, String note) {
        Column column = new Column("n", ColumnType.DECIMAL, true, 2);
        ColumnProfile profile = new ColumnProfile(
                column, 3, 1, 2, 1L, "1.50", 0.5, List.of(0.0, 1.0), null, List.of(new ColumnProfile.Frequent("1", 2)));
        return new NewVersion(
                new DatasetVersion(
                        0,
                        NOW,
                        ALICE,
                        note,
                        DatasetFormat.PARQUET,
                        upload,
                        3L,
                        30,
                        2,
                        HexFormat.of().formatHex(new byte[32]),
                        List.of(column),
                        List.of("day"),
                        new Origin("run1", "ws_1")),
                List.of(
                        new VersionFile(new FilePath("b.parquet"), 10, "00", null, 3L),
                        new VersionFile(new FilePath("a_.parquet"), 20, null, "\"etag\"", null)),
                Optional.of(new TablePreview(3, List.of(profile), List.of(Arrays.asList(1L, null, 2.5, "x", true)))));
    }

    @Test
    void keepsEveryPart() {
        for (DatasetSource source : List.of(
                new DatasetSource.Managed(),
                new DatasetSource.Files("lake", ""),
                new DatasetSource.Table("db", null, "orders"),
                new DatasetSource.Query("db", "select 1"))) {
            // Given
            Dataset dataset = dataset("sales/" + source.kind(), source, "bob", "*");

            // When
            datasets().insert(dataset);

            // Then
            assertThat(datasets().find(dataset.id())).contains(dataset);
            assertThat(datasets().find(dataset.name())).contains(dataset);
        }
        assertThat(datasets().insert(dataset("sales/files", new DatasetSource.Managed())))
                .isFalse();
    }

    @Test
    void findsWhatSomebodyMayReadByNameDescriptionAndTag() {
        // Given
        inserted("sales/b", "bob");
        inserted("sales/a", "*");
        inserted("sales/own");

        // Then
        assertThat(datasets().search(BOB, "", 10))
                .extracting(each -> each.name().toString())
                .containsExactly("sales/a", "sales/b");
        assertThat(datasets().search(null, "", 10)).hasSize(3);
        assertThat(datasets().search(ALICE, "ORDERS", 10)).hasSize(3);
        assertThat(datasets().search(ALICE, "SALES/OWN", 10)).hasSize(1);
        assertThat(datasets().search(ALICE, "%", 10)).isEmpty();
        assertThat(datasets().search(ALICE, "tea", 1)).hasSize(1);
    }

    @Test
    void changesWhatMayBeChanged() {
        // Given
        Dataset before = inserted("sales/a", "bob");

        // When
        Optional<Dataset> after = datasets()
                .change(before.id(), it -> it.described("new", Map.of("k", "v"), Set.of("*"), NOW.plusSeconds(1)));

        // Then
        assertThat(after).isEqualTo(datasets().find(before.id()));
        assertThat(after.orElseThrow().readers()).containsExactly("*");
        assertThat(after.orElseThrow().tags()).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void numbersVersionsAndKeepsThemWhole() {
        // Given
        Dataset dataset = inserted("sales/a");
        UploadId upload = UploadId.random();
        datasets().insert(new Upload(upload, dataset.id(), ALICE, "first", new Origin("run1", "ws_1"), NOW, null));

        // When
        DatasetVersion first = datasets().add(dataset.id(), version(upload, "first"));
        DatasetVersion second = datasets().add(dataset.id(), version(UploadId.random(), "second"));

        // Then
        assertThat(first.number()).isEqualTo(1);
        assertThat(datasets().versions(dataset.id())).containsExactly(second, first);
        assertThat(datasets().version(dataset.id(), 1)).contains(first);
        assertThat(datasets().version(dataset.id(), 3)).isEmpty();
        assertThat(datasets().find(dataset.id()).orElseThrow().latest()).isEqualTo(second);
        assertThat(datasets().files(dataset.id(), 1))
                .extracting(file -> file.path().value())
                .containsExactly("a_.parquet", "b.parquet");
        assertThat(datasets().files(dataset.id(), 1))
                .containsExactlyInAnyOrderElementsOf(version(upload, "").files());
        assertThat(datasets().preview(dataset.id(), 1))
                .isEqualTo(version(upload, "").preview());
        assertThat(datasets().upload(upload).orElseThrow().version()).isEqualTo(1);
        assertThat(datasets().expired(NOW.plusSeconds(1), 10)).isEmpty();
    }

    @Test
    void makesOneVersionOfAnUploadHoweverManyCommitIt() throws Exception {
        // Given
        Dataset dataset = inserted("sales/a");
        UploadId upload = UploadId.random();
        datasets().insert(new Upload(upload, dataset.id(), ALICE, "", NOWHERE, NOW, null));

        // When
        try (ExecutorService four = Executors.newFixedThreadPool(4)) {
            List<Callable<DatasetVersion>> commits = IntStream.range(0, 8)
                    .<Callable<DatasetVersion>>mapToObj(_ -> () -> datasets().add(dataset.id(), version(upload, "")))
                    .toList();
            for (var commit : four.invokeAll(commits)) {
                // Then
                assertThat(commit.get().number()).isEqualTo(1);
            }
        }
        assertThat(datasets().versions(dataset.id())).hasSize(1);
    }

    @Test
    void refusesAVersionOfWhatIsGoneAndForgetsAllOfIt() {
        // Given
        Dataset dataset = inserted("sales/a", "bob");
        datasets().add(dataset.id(), version(UploadId.random(), ""));

        // When
        datasets().remove(dataset.id());

        // Then
        assertThat(datasets().find(dataset.id())).isEmpty();
        assertThat(datasets().versions(dataset.id())).isEmpty();
        assertThatThrownBy(() -> datasets().add(dataset.id(), version(UploadId.random(), "")))
                .isInstanceOf(ProblemException.class);
        assertThat(datasets().insert(dataset("sales/a", new DatasetSource.Managed())))
                .isTrue();
    }

    @Test
    void tellsUploadsThatNobodyCommitted() {
        // Given
        Dataset dataset = inserted("sales/a");
        Upload old = new Upload(UploadId.random(), dataset.id(), ALICE, "", NOWHERE, NOW, null);
        Upload fresh = new Upload(UploadId.random(), dataset.id(), ALICE, "", NOWHERE, NOW.plusSeconds(60), null);
        datasets().insert(old);
        datasets().insert(fresh);

        // When
        List<Upload> expired = datasets().expired(NOW.plusSeconds(1), 10);
        datasets().removeUpload(old.id());

        // Then
        assertThat(expired).containsExactly(old);
        assertThat(datasets().upload(old.id())).isEmpty();
        assertThat(datasets().upload(fresh.id())).contains(fresh);
    }

    @Test
    void letsEachReadStreamOnceAndTellsTheLatestFirst() {
        // Given
        Dataset dataset = inserted("sales/a");
        DatasetRead old = new DatasetRead(
                "rd_1", dataset.id(), 1, BOB, new Origin("run1", "ws_1"), NOW, List.of("n"), "n > 1", null);
        DatasetRead late =
                new DatasetRead("rd_2", dataset.id(), 1, ALICE, NOWHERE, NOW.plusSeconds(1), List.of(), "", null);
        datasets().insert(old);
        datasets().insert(late);

        // When
        boolean first = datasets().markStreamed("rd_1", NOW.plusSeconds(5));
        boolean second = datasets().markStreamed("rd_1", NOW.plusSeconds(6));

        // Then
        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(datasets().read("rd_2")).contains(late);
        assertThat(datasets().read("rd_1").orElseThrow().streamedAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(datasets().reads(dataset.id(), 10))
                .extracting(DatasetRead::id)
                .containsExactly("rd_2", "rd_1");
    }
}
