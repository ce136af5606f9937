package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.Dataset;
import io.benchtop.service.dataset.DatasetVersion;
import io.benchtop.service.dataset.Datasets;
import io.benchtop.service.dataset.Refreshes;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.problem.ErrorCode;
import io.benchtop.service.problem.ProblemException;
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
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One dataset for people, and what its owner does with it. */
@Controller("/datasets/{space}/{name}")
@Produces(MediaType.TEXT_HTML)
final class DatasetPageController {

    private final Datasets datasets;
    private final Refreshes refreshes;
    private final DatasetPages pages;
    private final Frames frames;
    private final InstantSource clock;

    DatasetPageController(
            Datasets datasets, Refreshes refreshes, DatasetPages pages, Frames frames, InstantSource clock) {
        this.datasets = requireNonNull(datasets, "datasets is null");
        this.refreshes = requireNonNull(refreshes, "refreshes is null");
        this.pages = requireNonNull(pages, "pages is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Get
    HttpResponse<String> show(
            HttpRequest<?> request,
            Caller caller,
            String space,
            String name,
            @QueryValue @Nullable Long version,
            @QueryValue(defaultValue = "0") int rows) {
        Dataset dataset = datasets.get(caller, DatasetAddress.of(space, name).name());
        return Answers.page(pages.of(
                caller, frames.of(request, Section.DATASETS), dataset, DatasetForm.of(dataset), version, rows));
    }

    @Post("/change")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> change(
            HttpRequest<?> request, Caller caller, String space, String name, @Body Map<String, String> fields) {
        Dataset dataset = mine(caller, space, name);
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    datasets.change(
                            caller,
                            dataset.name(),
                            DatasetForm.description(form),
                            DatasetForm.changesTags(form, dataset) ? DatasetForm.tags(form) : null,
                            DatasetForm.readers(form));
                    return Answers.done(new DatasetAddress(dataset.name()).page(), Notice.Done.DATASET_SAVED);
                },
                problem -> pages.of(
                        caller, frames.of(request, Section.DATASETS), dataset, form.refused(problem), null, 0));
    }

    /** What one may see but not change is no secret, so this says whose it is. */
    private Dataset mine(Caller caller, String space, String name) {
        Dataset dataset = datasets.get(caller, DatasetAddress.of(space, name).name());
        if (!datasets.isMine(caller, dataset)) {
            throw ProblemException.of(
                    ErrorCode.FORBIDDEN,
                    "The dataset \"" + dataset.name() + "\" is " + dataset.owner() + "'s, who alone changes it. Ask "
                            + dataset.owner() + ".");
        }
        return dataset;
    }

    /** Asks the source outside whether there is something new. */
    @Post("/refresh")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> refresh(Caller caller, String space, String name) throws IOException {
        DatasetAddress address = DatasetAddress.of(space, name);
        refreshes.refresh(caller, address.name());
        return Answers.done(address.page(), Notice.Done.DATASET_LOOKED_AT);
    }

    @Get("/upload")
    HttpResponse<String> upload(HttpRequest<?> request, Caller caller, String space, String name) {
        Dataset dataset = mine(caller, space, name);
        DatasetVersion latest = dataset.latest();
        return Answers.page(new UploadPage(
                frames.of(request, Section.DATASETS), head(dataset), latest == null ? 1 : latest.number() + 1));
    }

    @Get("/delete")
    HttpResponse<String> askToDelete(HttpRequest<?> request, Caller caller, String space, String name) {
        Dataset dataset = mine(caller, space, name);
        return Answers.page(new DatasetDeletePage(
                frames.of(request, Section.DATASETS),
                head(dataset),
                datasets.versions(caller, dataset.name()).size()));
    }

    private DatasetHead head(Dataset dataset) {
        return DatasetHead.of(dataset, true, clock.instant());
    }

    @Post("/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> delete(Caller caller, String space, String name) {
        datasets.remove(caller, DatasetAddress.of(space, name).name());
        return Answers.done(Section.DATASETS.path(), Notice.Done.DATASET_DELETED);
    }
}
