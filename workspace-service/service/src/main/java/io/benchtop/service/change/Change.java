package io.benchtop.service.change;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Something that changed. It says what, not how: who wants to know looks at what is stored now, so that hearing of a change
 * twice, or late, does no harm.
 *
 * @param subject names what changed; a workspace's, session's, token's or endpoint's id
 * @param detail what cannot be looked up any more
 */
public record Change(Revision revision, Kind kind, String subject, String detail, Instant at) {

    /** What can change. */
    public enum Kind {
        /** The log itself began; its first row. */
        LOG_BEGUN,
        /** A workspace was made, or is in some way different. */
        WORKSPACE_CHANGED,
        /** A workspace is gone; the detail is its path. */
        WORKSPACE_REMOVED,
        /** A session ended before its time; the detail is the instant at which its last cookie is over. */
        SESSION_REVOKED,
        TOKEN_REVOKED,
        /** An endpoint was made, or what it wants or what is seen of it is different. */
        ENDPOINT_CHANGED,
        /** An endpoint is gone; the detail is its name. */
        ENDPOINT_REMOVED,
        /** Written by a newer replica and not known here: the place counts, what changed does not. */
        UNKNOWN
    }

    public Change {
        requireNonNull(revision, "revision is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(at, "at is null");
    }
}
