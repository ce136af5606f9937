package io.benchtop.service.wiring;

import io.benchtop.service.connection.FileSource;
import io.benchtop.service.connection.Sources;
import io.benchtop.service.connection.TableSource;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ProblemException;
import jakarta.inject.Singleton;

/** No connection leads anywhere. */
@Singleton
final class NoSources implements Sources {

    @Override
    public FileSource files(String connection) {
        throw ProblemException.notFound("connection", connection);
    }

    @Override
    public TableSource tables(String connection) {
        throw ProblemException.notFound("connection", connection);
    }

    @Override
    public boolean mayUse(Caller caller, String connection) {
        return false;
    }
}
