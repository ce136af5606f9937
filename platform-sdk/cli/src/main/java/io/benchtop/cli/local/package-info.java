/**
 * Local mode: {@code benchtop up} and {@code benchtop down}.
 *
 * <p>{@code up} is a supervisor in the foreground. It owns a data folder ({@link DataFolder}) for as long as it runs
 * ({@link RunLock}), starts workspace-service and the proxy as child processes ({@link Supervisor}), and stops everything when
 * it ends, the users' servers included ({@link ServerSweep}).
 */
@NullMarked
package io.benchtop.cli.local;

import org.jspecify.annotations.NullMarked;
