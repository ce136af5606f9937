package io.benchtop.api.routing;

/** What the server behind a route is doing; only a running one has an address. */
public enum RouteState {
    RUNNING,
    STARTING,
    STOPPING,
    STOPPED,
    FAILED
}
