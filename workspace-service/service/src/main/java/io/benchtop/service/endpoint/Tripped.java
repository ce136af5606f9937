package io.benchtop.service.endpoint;

/**
 * A guard that tripped.
 *
 * @param code for programs, such as {@code ERROR_RATE}
 * @param message what was measured of whom, and what the bound was
 */
record Tripped(String code, String message) {}
