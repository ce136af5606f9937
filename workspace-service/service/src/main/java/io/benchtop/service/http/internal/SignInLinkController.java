package io.benchtop.service.http.internal;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.identity.LinkPurpose;
import io.benchtop.service.identity.SignInLinks;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import org.jspecify.annotations.Nullable;

/** Gives whoever starts Benchtop the first administrator's sign-in link. */
@Controller("/internal/sign-in-links")
final class SignInLinkController {

    @Serdeable
    record Request(@Nullable String purpose) {}

    @Serdeable
    record Response(String path, String expiresAt) {}

    private final SignInLinks links;

    SignInLinkController(SignInLinks links) {
        this.links = requireNonNull(links, "links is null");
    }

    @Post
    Response create(@Body Request request) {
        if (!LinkPurpose.FIRST_ADMIN.code().equals(request.purpose())) {
            throw ProblemException.invalidField("purpose", "must be first-admin");
        }
        SignInLinks.Created link = links.createForFirstAdmin();
        return new Response(link.path(), link.expiresAt().toString());
    }
}
