package io.benchtop.service.http.page;

import io.benchtop.service.model.ModelName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The pages of models with content that looks like a real day. */
final class SampleRegistry {

    private static final ModelAddress ADDRESS = new ModelAddress(new ModelName("late-orders"));
    private static final HumaneTime NOW = HumaneTime.relative(Samples.NOW, Samples.NOW);

    private final Frame frame;
    private final UnaryOperator<String> text;

    private SampleRegistry(Frame frame, UnaryOperator<String> text) {
        this.frame = frame;
        this.text = text;
    }

    static Map<String, Page> pages(Frame frame, UnaryOperator<String> text) {
        return new SampleRegistry(frame, text).pages();
    }

    private Map<String, Page> pages() {
        Map<String, Page> pages = new LinkedHashMap<>();
        pages.put(
                "models",
                new ModelsPage(
                        frame,
                        text.apply("orders"),
                        List.of(
                                row(new ModelsPage.Latest("1.2.0", "/models/late-orders/1.2.0", true, "alice", NOW)),
                                row(null))));
        pages.put("models-none", new ModelsPage(frame, "", List.of()));
        pages.put(
                "model",
                new ModelPage(
                        frame,
                        head(),
                        form(),
                        Map.of("production", "1.2.0"),
                        form(),
                        List.of(version(new Condition("running", "Ready", "")), version(refused())),
                        7,
                        webhooks()));
        pages.put(
                "model-empty",
                new ModelPage(frame, head(), Form.EMPTY, Map.of(), Form.EMPTY, List.of(), 0, ModelWebhooks.NONE));
        pages.put("model-version", version(true));
        pages.put("model-version-own", version(false));
        pages.put("model-delete", new ModelDeletePage(frame, head(), 3, null));
        pages.put("model-version-delete", new ModelDeletePage(frame, head(), 1, "1.2.0"));
        return pages;
    }

    private ModelWebhooks webhooks() {
        Condition failed = new Condition("failed", "Given up", text.apply("version.ready: it answered 500."));
        return new ModelWebhooks(
                List.of(
                        new ModelWebhooks.Row(
                                "wh_1", text.apply("https://hooks.example.org/a"), "everything", failed, NOW),
                        new ModelWebhooks.Row("wh_2", "https://hooks.example.org/b", "alias.changed", null, null)),
                new Form(
                        Map.of("url", text.apply("http://localhost"), "version.ready", "true"),
                        Map.of("url", text.apply("It cannot be used.")),
                        null),
                new ModelWebhooks.Created(text.apply("hooks.example.org"), text.apply("whsec_secret")));
    }

    private ModelsPage.Row row(ModelsPage.Latest latest) {
        return new ModelsPage.Row(
                "/models/late-orders",
                "late-orders",
                text.apply("Which orders come late"),
                "alice",
                latest,
                Map.of("production", "1.2.0"),
                NOW);
    }

    private ModelHead head() {
        return new ModelHead(
                ADDRESS,
                text.apply("Which orders come late"),
                "alice",
                true,
                true,
                "everybody",
                "only alice",
                true,
                Map.of(text.apply("team"), text.apply("sales")),
                NOW);
    }

    private Form form() {
        return new Form(
                Map.of(
                        "description", text.apply("Which orders come late"),
                        "readers", text.apply("bob"),
                        "publishers", text.apply("carol"),
                        "alias", text.apply("production"),
                        "comment", text.apply("well"),
                        "endpoint", text.apply("orders"),
                        "strategy", "canary",
                        "minutes", text.apply("5"),
                        "errors", text.apply("1")),
                Map.of(
                        "readers", text.apply("It must be names."),
                        "endpoint", text.apply("It must be a name."),
                        "alias", text.apply("It must be a name.")),
                null);
    }

    private Condition refused() {
        return new Condition("failed", "Refused", text.apply("The answer differs by 0.5."));
    }

    private ModelVersionRow version(Condition state) {
        return new ModelVersionRow(
                "1.2.0",
                "/models/late-orders/1.2.0",
                false,
                state.css().equals("running"),
                true,
                state,
                "onnx",
                "77 KiB",
                Map.of(text.apply("auc"), "0.93"),
                List.of("production"),
                "approved by bob",
                "alice",
                NOW);
    }

    private ModelVersionPage version(boolean reviewable) {
        return new ModelVersionPage(
                frame,
                head(),
                version(reviewable ? new Condition("running", "Ready", text.apply("a word")) : refused()),
                text.apply("trees"),
                text.apply("approved by bob: well"),
                reviewable,
                !reviewable,
                form(),
                List.of(new ModelVersionPage.Tensor(text.apply("X"), "FP32", "any × 3")),
                List.of(new ModelVersionPage.Tensor(text.apply("Y"), "FP32", "any")),
                List.of(new ModelVersionPage.Check("Loaded as", text.apply("onnx_onnxv1"))),
                List.of(
                        new ModelVersionPage.FileRow(text.apply("model.onnx"), "/a?path=b", "77 KiB", "ab".repeat(32)),
                        new ModelVersionPage.FileRow(text.apply("sample.json"), null, "77 KiB", "")),
                List.of(new RunMaking.Fact("Run", text.apply("forest"), text.apply("detail"), "/experiments/1/runs/a")),
                List.of(new ModelVersionPage.Use("orders", "/endpoints/orders", "gets 10 % of the requests")),
                reviewable ? form() : null);
    }
}
