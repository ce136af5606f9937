package io.benchtop.proxy.auth;

/** What became of a credential. */
public sealed interface Verdict {

    /** No credential, or one that proves nothing; why is not told to the sender. */
    Verdict UNPROVEN = new Unproven();
    /** It cannot be said now: too many checks are waiting, or workspace-service is needed and away. */
    Verdict UNAVAILABLE = new Unavailable();
    /** This sender has presented too many bad signatures. */
    Verdict THROTTLED = new Throttled();

    /** The credential proves who this is. */
    record Proven(Principal principal) implements Verdict {}

    record Unproven() implements Verdict {}

    record Unavailable() implements Verdict {}

    record Throttled() implements Verdict {}
}
