package io.benchtop.service.http.internal;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** Says that the service answers; it listens only after its database is open and up to date. */
@Controller("/internal/ready")
final class ReadyController {

    @Get
    HttpResponse<?> ready() {
        return HttpResponse.ok();
    }
}
