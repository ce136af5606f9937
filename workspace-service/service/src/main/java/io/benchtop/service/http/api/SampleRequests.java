package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.dataset.FilePath;
import io.benchtop.service.endpoint.Endpoint;
import io.benchtop.service.endpoint.ServedVersion;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.model.ModelName;
import io.benchtop.service.model.Models;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ReadableFile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Finds for an endpoint a request to try it with. */
@Singleton
public final class SampleRequests {

    private static final long LARGEST = 4L << 20;
    private static final FilePath SAMPLE = new FilePath("sample.json");

    private final Models models;

    SampleRequests(Models models) {
        this.models = requireNonNull(models, "models is null");
    }

    /**
     * Of the version that most are sent to; {@link SampleRequest#NONE} where there is none to see. Samples are somebody's data: who may
     * call an endpoint may not always read its model.
     */
    public String of(Caller caller, Endpoint endpoint) {
        ServedVersion served = endpoint.main();
        if (served == null) {
            return SampleRequest.NONE;
        }
        try {
            ReadableFile file = models.file(caller, new ModelName(served.model()), served.version(), SAMPLE);
            if (file.size() > LARGEST) {
                return SampleRequest.NONE;
            }
            try (InputStream content = file.read()) {
                return SampleRequest.of(new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (ProblemException | IOException _) {
            return SampleRequest.NONE;
        }
    }
}
