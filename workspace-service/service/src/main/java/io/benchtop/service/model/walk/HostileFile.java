package io.benchtop.service.model.walk;

import static java.util.Objects.requireNonNull;

/** A file is refused. The message says what is wrong, where, and what to do. */
public final class HostileFile extends Exception {

    private static final long serialVersionUID = 1;

    private final String code;

    HostileFile(String code, String message) {
        super(requireNonNull(message, "message is null"));
        this.code = requireNonNull(code, "code is null");
    }

    /** Such as {@code EXTERNAL_DATA}. */
    public String code() {
        return code;
    }

    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }
}
