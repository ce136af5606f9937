package io.benchtop.service.workspace;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.WorkspaceId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells within this replica what happens to workspaces on any of them. Events of one workspace come in the order of what
 * happened, a moment after it; a subscriber takes note and returns at once.
 */
public final class WorkspaceEvents {

    /** Something that happened. */
    public sealed interface Event {

        WorkspaceId id();
    }

    /** Created, or in some way different. */
    public record Changed(Workspace workspace) implements Event {

        public Changed {
            requireNonNull(workspace, "workspace is null");
        }

        @Override
        public WorkspaceId id() {
            return workspace.id();
        }
    }

    /** Deleted. */
    public record Removed(WorkspaceId id) implements Event {

        public Removed {
            requireNonNull(id, "id is null");
        }
    }

    /** Its server, which this replica starts, said something. */
    public record Logged(WorkspaceId id, String line) implements Event {

        public Logged {
            requireNonNull(id, "id is null");
            requireNonNull(line, "line is null");
        }
    }

    /** Ends with {@link #close}. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {

        @Override
        void close();
    }

    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceEvents.class);

    private final List<Consumer<Event>> subscribers = new CopyOnWriteArrayList<>();

    public Subscription subscribe(Consumer<Event> subscriber) {
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    void publish(Event event) {
        for (Consumer<Event> subscriber : subscribers) {
            try {
                subscriber.accept(event);
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("workspace", event.id()).setCause(e).log("a subscriber failed");
            }
        }
    }
}
