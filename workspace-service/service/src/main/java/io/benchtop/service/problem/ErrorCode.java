package io.benchtop.service.problem;

import java.util.Locale;

/**
 * The machine code of a problem; its lower-case name is the {@code code} of problem+json and part of the contract with
 * clients. A code is never renamed.
 */
public enum ErrorCode {
    BAD_REQUEST(400, "Bad request"),
    INVALID_FIELD(400, "Invalid field"),
    BAD_FILTER(400, "Filter not understood"),
    UNREADABLE_FILE(400, "Unreadable file"),
    MIXED_FORMATS(400, "Files of several formats"),
    EMPTY_UPLOAD(400, "Nothing uploaded"),
    UNAUTHENTICATED(401, "Not signed in"),
    WRONG_CREDENTIALS(401, "Wrong name or password"),
    FORBIDDEN(403, "Not allowed"),
    CROSS_ORIGIN(403, "Request from another site"),
    CSRF_TOKEN_MISSING(403, "Form expired"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "Not available in this form"),
    CONFLICT(409, "Conflict"),
    ALREADY_EXISTS(409, "Already exists"),
    USERS_EXIST(409, "Users exist"),
    IDEMPOTENCY_KEY_REUSED(409, "Idempotency key reused"),
    PROFILE_UNAVAILABLE(409, "Profile unavailable"),
    QUOTA_REACHED(409, "Quota reached"),
    WRONG_OFFSET(409, "Wrong offset"),
    READ_USED(409, "Read already used"),
    VERSION_CHANGED(409, "Version changed"),
    APPROVAL_NEEDED(409, "Approval needed"),
    LINK_EXPIRED(410, "Link expired"),
    TOO_LARGE(413, "Too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    DIGEST_DIFFERS(422, "Content differs"),
    CONNECTION_FAILED(422, "Connection failed"),
    KEEP_ALIVE_TOO_LONG(422, "Kept alive too long"),
    TOO_MANY_ATTEMPTS(429, "Too many attempts"),
    INTERNAL_ERROR(500, "Internal error"),
    SOURCE_AWAY(503, "Source away"),
    UNAVAILABLE(503, "Temporarily unavailable"),
    DISK_FULL(507, "Disk full");

    private final int status;
    private final String title;

    ErrorCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status that carries this code. */
    public int status() {
        return status;
    }

    /** A short heading for people; the sentence that helps is the problem's detail. */
    public String title() {
        return title;
    }

    /** The code as written on the wire. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
