package io.benchtop.service.http;

import io.benchtop.service.identity.Caller;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Gives a controller method that declares a {@link Caller} the authenticated one. On an open path declare it
 * {@code @Nullable}; everywhere else it is always there.
 */
@Singleton
public final class CallerBinder implements TypedRequestArgumentBinder<Caller> {

    @Override
    public Argument<Caller> argumentType() {
        return Argument.of(Caller.class);
    }

    @Override
    public BindingResult<Caller> bind(ArgumentConversionContext<Caller> context, HttpRequest<?> source) {
        return () -> source.getAttribute(AuthenticationFilter.CALLER, Caller.class);
    }

    /** The authenticated caller of a request for whoever is not a controller; empty for nobody. */
    public static Optional<Caller> callerOf(HttpRequest<?> request) {
        return request.getAttribute(AuthenticationFilter.CALLER, Caller.class);
    }
}
