package io.benchtop.service.abtest;

/** How far an A/B test is. */
public enum Stage {
    /** Its versions do not share the requests yet. */
    WAITING,
    /** Users are counted. */
    RUNNING,
    /** The candidate is better, and nobody has given it all requests because of that. */
    BETTER,
    /** The candidate is better and got all requests. */
    SWITCHED,
    /** The candidate is worse, or better by too little. */
    NOT_BETTER,
    /** Nothing was shown. */
    NO_DIFFERENCE,
    /** It says nothing about its versions. */
    INVALID,
    /** It ended before anything could be said. */
    STOPPED
}
