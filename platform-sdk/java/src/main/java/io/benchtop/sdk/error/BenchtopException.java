package io.benchtop.sdk.error;

import static java.util.Objects.requireNonNull;

/**
 * Something could not be done. The code is for programs; the message says what, with which thing, and what to do.
 *
 * <p>Codes are the service's, and the SDK's own: {@code not_in_workspace}, {@code service_unreachable},
 * {@code unexpected_answer}, {@code bad_duration}, {@code reason_missing}.
 */
public final class BenchtopException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String detail;
    private final int status;

    public BenchtopException(String code, String detail) {
        this(code, detail, 0);
    }

    public BenchtopException(String code, String detail, int status) {
        super(detail + " [" + code + "]");
        this.code = requireNonNull(code, "code is null");
        this.detail = detail;
        this.status = status;
    }

    /** What a program decides by. */
    public String code() {
        return code;
    }

    /** The message without the code. */
    public String detail() {
        return detail;
    }

    /** The HTTP status of the service's refusal; 0 if it was not the service that refused. */
    public int status() {
        return status;
    }
}
