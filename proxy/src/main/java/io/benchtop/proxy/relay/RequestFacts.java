package io.benchtop.proxy.relay;

import io.benchtop.proxy.auth.Principal;
import org.jspecify.annotations.Nullable;

/**
 * What must be remembered of a request head after its bytes are gone.
 *
 * @param method for the access log; empty when there is none
 * @param path for the access log, without query; empty when there is none
 * @param requestId sent upstream and logged
 * @param principal who asked a user's server; null towards workspace-service, which finds out itself
 * @param webSocket whether an upgrade was asked for
 * @param answersHead whether the answer to it has no body
 * @param versionOneZero whether the client speaks HTTP/1.0, which knows neither chunks nor interim answers
 * @param keepAlive whether the client wants to keep its connection
 * @param replayable whether it may be sent twice: it has no body and changes nothing
 * @param navigation whether a person is waiting for a page rather than a program for data
 * @param wish what compression is possible; null when it is not for a static file
 */
record RequestFacts(
        String method,
        String path,
        String requestId,
        @Nullable Principal principal,
        boolean webSocket,
        boolean answersHead,
        boolean versionOneZero,
        boolean keepAlive,
        boolean replayable,
        boolean navigation,
        StaticFiles.@Nullable Wish wish) {}
