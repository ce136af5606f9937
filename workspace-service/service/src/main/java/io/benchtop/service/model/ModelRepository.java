package io.benchtop.service.model;

import io.benchtop.service.identity.UserName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Port: where models and versions are kept. Whoever changes something of a model makes others who do so wait. */
public interface ModelRepository {

    /** False if the name is taken, whatever its case. */
    boolean insert(RegisteredModel model);

    Optional<RegisteredModel> find(ModelName name);

    Optional<RegisteredModel> find(ModelId id);

    /** By name: those that this person may read, or all for null; with this text in name or description. */
    List<RegisteredModel> search(@Nullable UserName reader, String text, int limit);

    Optional<RegisteredModel> change(ModelId id, UnaryOperator<RegisteredModel> change);

    /** With its versions. */
    void remove(ModelId id);

    /** What the next version is numbered after. Others who publish or change this model wait until the caller's transaction ends. */
    Optional<Numbering> lock(ModelId id);

    /** @param key null if the client sent none */
    void insert(ModelVersion version, @Nullable PublishKey key);

    /** What was begun with this key of a person's. */
    Optional<Begun> begun(ModelId id, UserName owner, String key);

    /** The newest first, the deleted ones among them. */
    List<ModelVersion> versions(ModelId id);

    Optional<ModelVersion> version(ModelId id, SemanticVersion version);

    Optional<ModelVersion> version(ModelId id, long number);

    /** The newest that is ready. */
    Optional<ModelVersion> latest(ModelId id);

    Optional<ModelVersion> change(ModelId id, long number, UnaryOperator<ModelVersion> change);

    void removeVersion(ModelId id, long number);

    /** Versions that wait for their check, the longest waiting first. */
    List<ModelVersion> unchecked(int limit);

    /** Uploads that nobody committed in time. */
    List<ModelVersion> abandoned(Instant now, int limit);

    /**
     * What was given so far.
     *
     * @param next the next number
     * @param highest the highest version, be it deleted; empty if there is none
     */
    record Numbering(long next, Optional<SemanticVersion> highest) {}

    /** @param requestHash of the request that began it */
    record Begun(ModelVersion version, String requestHash) {}
}
