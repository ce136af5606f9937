package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import gg.jte.html.HtmlTemplateOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model.
 *
 * @param description in its publisher's words
 * @param approval how it stands, with the comment
 * @param reviewable whether the caller may approve or reject it
 * @param ownWork whether somebody else has to, because the caller made it
 * @param check what it did when it was loaded; empty if nothing loaded it
 * @param promoteForm how it is to come into production, for those who may promote
 */
record ModelVersionPage(
        Frame frame,
        ModelHead model,
        ModelVersionRow version,
        String description,
        String approval,
        boolean reviewable,
        boolean ownWork,
        Form reviewForm,
        List<Tensor> inputs,
        List<Tensor> outputs,
        List<Check> check,
        List<FileRow> files,
        List<RunMaking.Fact> making,
        List<Use> uses,
        @Nullable Form promoteForm)
        implements Page {

    ModelVersionPage {
        requireNonNull(model, "model is null");
        requireNonNull(version, "version is null");
        requireNonNull(reviewForm, "reviewForm is null");
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        check = List.copyOf(check);
        files = List.copyOf(files);
        making = List.copyOf(making);
        uses = List.copyOf(uses);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JtemodelversionGenerated.render(output, NO_INTERCEPTOR, this);
    }

    /** Of its signature. */
    record Tensor(String name, String datatype, String shape) {}

    /** One thing that was found out. */
    record Check(String name, String value) {}

    /** @param address null where it cannot be read */
    record FileRow(String path, @Nullable String address, String size, String sha256) {}

    /** @param role what it does there, such as "gets 10 % of the requests" */
    record Use(String endpoint, String address, String role) {}
}
