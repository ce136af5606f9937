package io.benchtop.service.dataset;

import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Where replicas share no folder: nothing is taken that another replica, or this one after a restart, could not give back. Data that
 * lies outside needs no store.
 */
public final class NoDatasetStore implements DatasetStore {

    @Override
    public void requirePlace() {
        throw refusal();
    }

    private static ProblemException refusal() {
        return ProblemException.of(
                ErrorCode.UNAVAILABLE,
                "Files of datasets are not kept here: no place for them is set. Ask an administrator to set"
                        + " BENCHTOP_DATASET_FOLDER; datasets whose data lies outside are read without it.");
    }

    @Override
    public long append(DatasetId dataset, UploadId upload, FilePath file, long offset, InputStream content) {
        throw refusal();
    }

    @Override
    public List<StoredFile> list(DatasetId dataset, UploadId upload) {
        return List.of();
    }

    @Override
    public void sync(DatasetId dataset, UploadId upload, FilePath file) {
        throw refusal();
    }

    @Override
    public ReadableFile open(DatasetId dataset, UploadId upload, FilePath file) {
        throw refusal();
    }

    @Override
    public void remove(DatasetId dataset, UploadId upload) {}

    @Override
    public void remove(DatasetId dataset) {}

    @Override
    public Optional<String> folder(DatasetId dataset, UploadId upload) {
        return Optional.empty();
    }
}
