package io.benchtop.service.model;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import java.io.InputStream;
import java.util.List;

/** Where replicas share no folder and no bucket: nothing is taken that another replica could not give back. */
public final class NoModelStore implements ModelStore {

    @Override
    public void requirePlace() {
        throw refusal();
    }

    private static ProblemException refusal() {
        return ProblemException.of(
                ErrorCode.UNAVAILABLE,
                "Models are not kept here: no place for them is set. Ask an administrator to set BENCHTOP_MODEL_FOLDER or"
                        + " BENCHTOP_MODEL_BUCKET.");
    }

    @Override
    public long append(ModelPlace place, PublishedFile file, long offset, InputStream content) {
        throw refusal();
    }

    @Override
    public ReadableFile uploaded(ModelPlace place, PublishedFile file) {
        throw refusal();
    }

    @Override
    public void discard(ModelPlace place, PublishedFile file) {}

    @Override
    public LocalFiles open(ModelPlace place, List<PublishedFile> files) {
        throw refusal();
    }

    @Override
    public void publish(ModelPlace place, List<PublishedFile> files, byte[] manifest) {
        throw refusal();
    }

    @Override
    public ReadableFile read(ModelPlace place, FilePath file) {
        throw refusal();
    }

    @Override
    public void remove(ModelPlace place) {}
}
