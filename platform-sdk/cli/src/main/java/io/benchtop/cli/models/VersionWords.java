package io.benchtop.cli.models;

import io.benchtop.api.model.ModelTensor;
import io.benchtop.api.model.ModelVersion;
import io.benchtop.cli.support.Table;
import io.benchtop.cli.support.Words;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A version of a model, told to a person. */
final class VersionWords {

    private VersionWords() {}

    static String of(ModelVersion told) {
        var table = Table.ofPairs()
                .row("version", told.model() + "@" + told.version())
                .row("state", state(told))
                .row("description", told.description())
                .row("made", Words.ofInstant(told.createdAt()) + " by " + told.createdBy())
                .row("format", told.format() + (told.servable() ? "" : ", cannot be served"))
                .row("aliases", told.aliases().isEmpty() ? "-" : String.join(", ", told.aliases()));
        if (!told.approval().equals("NOT_NEEDED")) {
            table.row("approval", approval(told));
        }
        var signature = told.signature();
        if (signature != null) {
            tensors(table, "input", signature.inputs());
            tensors(table, "output", signature.outputs());
        }
        var check = told.check();
        if (check != null && check.inferMicros() != null) {
            table.row("one inference", check.inferMicros().p50() / 1000 + " ms");
        }
        new TreeMap<>(told.metrics()).forEach((name, value) -> table.row("metric", name + " " + value));
        if (told.runId() != null) {
            table.row("run", told.runId());
        }
        told.datasets()
                .forEach(it -> table.row("dataset", it.name() + (it.version() == null ? "" : "@" + it.version())));
        told.files().forEach(file -> table.row("file", file.path() + "  " + file.size() + " bytes"));
        return table.toString();
    }

    static String state(ModelVersion told) {
        var message = told.stateMessage();
        return told.state() + (message == null ? "" : ": " + message);
    }

    private static String approval(ModelVersion told) {
        var by = told.approvedBy() == null ? "" : " by " + told.approvedBy();
        var comment = told.approvalComment();
        return told.approval() + by + (comment == null || comment.isEmpty() ? "" : ": " + comment);
    }

    private static void tensors(Table table, String kind, List<ModelTensor> tensors) {
        tensors.forEach(it -> table.row(
                kind,
                it.name() + "  " + it.datatype() + " "
                        + it.shape().stream()
                                .map(size -> size < 0 ? "?" : size.toString())
                                .collect(Collectors.joining("×"))));
    }
}
