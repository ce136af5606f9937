package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.DatasetName;
import io.benchtop.service.dataset.DatasetSource;
import io.benchtop.service.dataset.Datasets;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** The catalogue of datasets for people; programs ask the REST interface. */
@Controller("/datasets")
@Produces(MediaType.TEXT_HTML)
final class DatasetsController {

    private final Datasets datasets;
    private final Frames frames;
    private final InstantSource clock;

    DatasetsController(Datasets datasets, Frames frames, InstantSource clock) {
        this.datasets = requireNonNull(datasets, "datasets is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Get
    HttpResponse<String> list(HttpRequest<?> request, Caller caller, @QueryValue(defaultValue = "") String search) {
        Instant now = clock.instant();
        return Answers.page(new DatasetsPage(
                frames.of(request, Section.DATASETS),
                search.strip(),
                datasets.search(caller, search).stream()
                        .map(dataset -> DatasetsPage.Row.of(dataset, now))
                        .toList()));
    }

    @Get("/new")
    HttpResponse<String> askForNew(HttpRequest<?> request, Caller caller) {
        caller.require(Role.DEVELOPER);
        return Answers.page(new NewDatasetPage(frames.of(request, Section.DATASETS), Form.EMPTY));
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> create(HttpRequest<?> request, Caller caller, @Body Map<String, String> fields) {
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    DatasetName name = DatasetName.parse(form.value("name").strip());
                    datasets.create(
                            caller,
                            new Datasets.Request(
                                    name,
                                    DatasetForm.description(form),
                                    Map.of(),
                                    DatasetForm.readers(form),
                                    new DatasetSource.Managed()));
                    return Answers.done(new DatasetAddress(name).page(), Notice.Done.DATASET_MADE);
                },
                problem -> new NewDatasetPage(frames.of(request, Section.DATASETS), form.refused(problem)));
    }
}
