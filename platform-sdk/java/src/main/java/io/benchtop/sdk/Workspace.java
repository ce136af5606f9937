package io.benchtop.sdk;

import io.benchtop.sdk.error.BenchtopException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A workspace as it was when it was asked for, and what can be done with it. */
public final class Workspace implements Shown {

    private final io.benchtop.api.workspace.Workspace told;
    private final BenchtopClient client;

    Workspace(io.benchtop.api.workspace.Workspace told, BenchtopClient client) {
        this.told = told;
        this.client = client;
    }

    /** Never changes; {@code ws_} and twelve characters. */
    public String id() {
        return told.id();
    }

    /** Its name in addresses. */
    public String slug() {
        return told.slug();
    }

    /** Its name for people. */
    public String displayName() {
        return told.displayName();
    }

    /** Name of the user it belongs to. */
    public String owner() {
        return told.owner();
    }

    /** Slug of the profile it was started with. */
    public String profile() {
        return told.profile();
    }

    /** {@code RUNNING} and the like. */
    public String state() {
        return told.state().code().name();
    }

    /** Where it opens in a browser. */
    public String url() {
        return told.url();
    }

    /** Until when it is kept running; empty if nobody asked. */
    public Optional<Instant> keepAliveUntil() {
        return Optional.ofNullable(told.keepAliveUntil()).map(Instant::parse);
    }

    /**
     * Asks for the limits and for what is in use at this moment.
     *
     * @throws BenchtopException as {@link BenchtopClient#whoami}
     */
    public Resources resources() {
        return client.resourcesOf(id());
    }

    /** Keeps this workspace running; see {@link BenchtopClient#keepAlive(String, String)}. */
    public KeepAlive keepAlive(String duration, String reason) {
        return client.keepAlive(id(), DurationText.parse(duration), reason);
    }

    /** Keeps this workspace running; see {@link BenchtopClient#keepAlive(String, String)}. */
    public KeepAlive keepAlive(Duration duration, String reason) {
        return client.keepAlive(id(), duration, reason);
    }

    @Override
    public Map<String, String> shown() {
        var table = Words.table(
                "id", id(),
                "slug", slug(),
                "name", displayName(),
                "owner", owner(),
                "profile", profile(),
                "state", state(),
                "url", url());
        keepAliveUntil().ifPresent(until -> table.put("kept until", Words.ofInstant(until)));
        return table;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Workspace that && told.equals(that.told);
    }

    @Override
    public int hashCode() {
        return told.hashCode();
    }

    @Override
    public String toString() {
        return Shown.inOneLine(this);
    }
}
