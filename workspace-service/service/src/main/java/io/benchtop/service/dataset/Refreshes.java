package io.benchtop.service.dataset;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.connection.FileSource;
import io.benchtop.service.connection.FileSource.SourceFile;
import io.benchtop.service.connection.Sources;
import io.benchtop.service.connection.TableSource.Relation;
import io.benchtop.service.dataset.DatasetRepository.NewVersion;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import java.io.IOException;
import java.util.List;

/** Looks at data outside and, if it is another than the newest version has, makes a version of what is there now. */
public final class Refreshes {

    private static final int MOST_FILES = 10_000;

    private final DatasetRepository datasets;
    private final DatasetAccess access;
    private final Sources sources;
    private final Inspection inspection;

    public Refreshes(DatasetRepository datasets, Sources sources, Inspection inspection) {
        this.datasets = requireNonNull(datasets, "datasets is null");
        this.access = new DatasetAccess(datasets);
        this.sources = requireNonNull(sources, "sources is null");
        this.inspection = requireNonNull(inspection, "inspection is null");
    }

    public DatasetVersion refresh(Caller caller, DatasetName name) throws IOException {
        Dataset dataset = access.changeable(caller, name);
        NewVersion found = look(caller, dataset);
        DatasetVersion latest = dataset.latest();
        return latest != null && latest.digest().equals(found.version().digest())
                ? latest
                : datasets.add(dataset.id(), found);
    }

    private NewVersion look(Caller caller, Dataset dataset) throws IOException {
        return switch (dataset.source()) {
            case DatasetSource.Managed _ ->
                throw ProblemException.of(
                        ErrorCode.BAD_REQUEST,
                        "The data of \"" + dataset.name() + "\" is kept here and changes by new versions only.");
            case DatasetSource.Files files -> {
                FileSource source = sources.files(files.connection());
                List<SourceFile> listed = source.list(files.path(), MOST_FILES);
                if (listed.isEmpty()) {
                    throw ProblemException.of(
                            ErrorCode.CONNECTION_FAILED,
                            "There is no file at \"" + files.path() + "\" of the connection \"" + files.connection()
                                    + "\". Check the path.");
                }
                yield inspection.inspect(caller.user(), listed, source, files);
            }
            case DatasetSource.Table table ->
                inspection.inspect(
                        caller.user(),
                        sources.tables(table.connection()),
                        new Relation.Table(table.schema(), table.table()));
            case DatasetSource.Query query ->
                inspection.inspect(
                        caller.user(), sources.tables(query.connection()), new Relation.Query(query.query()));
        };
    }
}
