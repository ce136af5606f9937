package io.benchtop.service.http.api;

import io.benchtop.api.connection.Connection;
import io.benchtop.api.connection.ConnectionList;
import io.benchtop.api.connection.ConnectionRequest;
import io.benchtop.api.connection.ConnectionSettings;
import io.benchtop.api.connection.ConnectionTest;
import io.micronaut.serde.annotation.SerdeImport;

/** Lets Serde read and write the wire's records, which carry no annotation of any framework. */
@SerdeImport(Connection.class)
@SerdeImport(ConnectionList.class)
@SerdeImport(ConnectionRequest.class)
@SerdeImport(ConnectionSettings.class)
@SerdeImport(ConnectionTest.class)
final class ConnectionWire {

    private ConnectionWire() {}
}
