package io.benchtop.cli.support;

import io.benchtop.sdk.error.BenchtopException;

/** What a script decides by; listed in {@code benchtop --help}. */
public final class ExitCode {

    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_SIGNED_IN = 3;
    public static final int NOT_FOUND = 4;
    public static final int REFUSED = 5;
    public static final int CONFLICT = 6;
    public static final int UNREACHABLE = 7;

    private ExitCode() {}

    public static int of(BenchtopException failure) {
        return switch (failure.status()) {
            case 400, 422 -> USAGE;
            case 401 -> NOT_SIGNED_IN;
            case 403 -> REFUSED;
            case 404 -> NOT_FOUND;
            case 409 -> CONFLICT;
            case 0 -> ofOwn(failure.code());
            default -> FAILED;
        };
    }

    private static int ofOwn(String code) {
        return switch (code) {
            case "service_unreachable" -> UNREACHABLE;
            case "not_in_workspace" -> NOT_SIGNED_IN;
            case "bad_duration", "reason_missing" -> USAGE;
            default -> FAILED;
        };
    }
}
