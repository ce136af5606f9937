package io.benchtop.service.http.internal;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.routing.EndpointRoute;
import io.benchtop.api.routing.JsonWebKeySet;
import io.benchtop.api.routing.RevokedSession;
import io.benchtop.api.routing.Route;
import io.benchtop.api.routing.RouteTable;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.micronaut.serde.annotation.SerdeImport;
import java.time.Duration;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;

/** What the proxy pulls and watches. A watcher that does not keep up is cut off and pulls anew. */
@Controller("/internal/routes")
@SerdeImport(EndpointRoute.class)
@SerdeImport(EndpointRoute.Arm.class)
@SerdeImport(EndpointRoute.Limits.class)
@SerdeImport(EndpointRoute.Range.class)
@SerdeImport(EndpointRoute.Shadow.class)
@SerdeImport(EndpointRoute.Spent.class)
@SerdeImport(EndpointRoute.Sticky.class)
@SerdeImport(EndpointRoute.Target.class)
@SerdeImport(JsonWebKeySet.class)
@SerdeImport(JsonWebKeySet.Key.class)
@SerdeImport(RevokedSession.class)
@SerdeImport(Route.class)
@SerdeImport(RouteTable.class)
final class RouteController {

    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final int MAX_WAITING = 10_000;

    private final RouteFeed feed;

    RouteController(RouteFeed feed) {
        this.feed = requireNonNull(feed, "feed is null");
    }

    @Get
    RouteTable table() {
        return feed.table();
    }

    @Get(value = "/watch", produces = MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<?>> watch(@QueryValue(defaultValue = "") String after) {
        Flux<Event<?>> changes = Flux.<RouteFeed.Event>create(
                        sink -> sink.onDispose(feed.watch(after, sink::next)::run), OverflowStrategy.IGNORE)
                .onBackpressureBuffer(MAX_WAITING)
                .map(event -> Event.of(event.data()).name(event.name()).id(event.revision()));
        Flux<Event<?>> heartbeats = Flux.interval(Duration.ZERO, HEARTBEAT)
                .onBackpressureDrop()
                .map(_ -> Event.of("").name("heartbeat"));
        return Flux.merge(changes, heartbeats);
    }
}
