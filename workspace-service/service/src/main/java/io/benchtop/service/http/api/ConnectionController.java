package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.connection.Connection;
import io.benchtop.api.connection.ConnectionList;
import io.benchtop.api.connection.ConnectionRequest;
import io.benchtop.api.connection.ConnectionTest;
import io.benchtop.service.connection.ConnectionDescriptions;
import io.benchtop.service.connection.Connections;
import io.benchtop.service.identity.Caller;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import java.net.URI;

/** Where data lies outside; a notebook's own token gets in here nowhere. */
@Controller("/api/v1/connections")
final class ConnectionController {

    private final Connections connections;

    ConnectionController(Connections connections) {
        this.connections = requireNonNull(connections, "connections is null");
    }

    @Get
    ConnectionList list(Caller caller) {
        return new ConnectionList(connections.list(caller).stream()
                .map(ConnectionDescriptions::of)
                .toList());
    }

    @Get("/{name}")
    Connection get(Caller caller, String name) {
        return ConnectionDescriptions.of(connections.get(caller, name));
    }

    @Post
    HttpResponse<Connection> create(Caller caller, @Body ConnectionRequest request) {
        Connection created = ConnectionDescriptions.of(connections.create(caller, request));
        return HttpResponse.created(created, URI.create("/api/v1/connections/" + created.name()));
    }

    @Put("/{name}")
    Connection replace(Caller caller, String name, @Body ConnectionRequest request) {
        return ConnectionDescriptions.of(connections.replace(caller, name, request));
    }

    @Delete("/{name}")
    @Status(HttpStatus.NO_CONTENT)
    void remove(Caller caller, String name) {
        connections.remove(caller, name);
    }

    @Post("/{name}:test")
    ConnectionTest test(Caller caller, String name) {
        Connections.Tested tested = connections.test(caller, name);
        return new ConnectionTest(tested.ok(), tested.message());
    }
}
