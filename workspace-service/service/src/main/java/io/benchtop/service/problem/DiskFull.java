package io.benchtop.service.problem;

import java.io.IOException;
import java.util.Locale;

/** Tells that a disk is full from everything else that can fail; Java has no exception of its own for it. */
public final class DiskFull {

    private DiskFull() {}

    public static boolean isReasonOf(IOException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("no space left");
    }
}
