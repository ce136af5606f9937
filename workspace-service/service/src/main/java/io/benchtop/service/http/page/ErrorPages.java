package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.ProblemPages;
import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Shows a refusal in the same design as everything else. */
@Singleton
final class ErrorPages implements ProblemPages {

    private final Frames frames;

    ErrorPages(Frames frames) {
        this.frames = requireNonNull(frames, "frames is null");
    }

    @Override
    public Optional<String> page(HttpRequest<?> request, ProblemException problem) {
        // Inside another page there is no room for a whole one.
        if (Answers.wantsPart(request)) {
            return Optional.empty();
        }
        return Optional.of(new ErrorPage(
                        frames.of(request, Section.NONE).with(null),
                        problem.code().status(),
                        problem.code().title(),
                        problem.detail(),
                        problem.code().code())
                .html());
    }
}
