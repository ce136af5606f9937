package io.benchtop.service.dataset;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.table.TablePreview;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Port: where datasets, their versions, uploads and reads are kept. */
public interface DatasetRepository {

    /** False if the name is taken. */
    boolean insert(Dataset dataset);

    Optional<Dataset> find(DatasetName name);

    Optional<Dataset> find(DatasetId id);

    /** By name: those that this person may read, or all for null; with this text in name, description or a tag. */
    List<Dataset> search(@Nullable UserName reader, String text, int limit);

    /** Changes description, tags and readers; others wait meanwhile. */
    Optional<Dataset> change(DatasetId id, UnaryOperator<Dataset> change);

    /** With its versions, uploads and reads. */
    void remove(DatasetId id);

    /** Gives the next number and keeps all of it, or nothing. Two at once wait for each other. */
    DatasetVersion add(DatasetId id, NewVersion version);

    /** The newest first. */
    List<DatasetVersion> versions(DatasetId id);

    Optional<DatasetVersion> version(DatasetId id, long number);

    /** By path. */
    List<VersionFile> files(DatasetId id, long version);

    Optional<VersionFile> file(DatasetId id, long version, FilePath path);

    Optional<TablePreview> preview(DatasetId id, long version);

    void insert(Upload upload);

    Optional<Upload> upload(UploadId id);

    void removeUpload(UploadId id);

    /** Uploads that became no version in time. */
    List<Upload> expired(Instant now, int limit);

    void insert(DatasetRead read);

    Optional<DatasetRead> read(String id);

    /** True for the one who asks first. */
    boolean markStreamed(String read, Instant now);

    /** Who opened a dataset, the latest first. */
    List<DatasetRead> reads(DatasetId id, int limit);

    /**
     * A version before it has a number.
     *
     * @param version its number counts nothing
     * @param preview empty where there are no rows
     */
    record NewVersion(DatasetVersion version, List<VersionFile> files, Optional<TablePreview> preview) {

        public NewVersion {
            files = List.copyOf(files);
        }
    }
}
