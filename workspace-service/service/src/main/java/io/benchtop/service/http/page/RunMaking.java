package io.benchtop.service.http.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a run was made, as the SDK told it in tags: for who wants to make it again. */
record RunMaking(List<Fact> facts) {

    static final String WORKSPACE = "benchtop.workspace";
    private static final int SHORT_HASH = 12;

    RunMaking {
        facts = List.copyOf(facts);
    }

    /** @param workspaces where one is, by its id; null where it is not known */
    static RunMaking of(Map<String, String> tags, Function<@Nullable String, OriginView.@Nullable Place> workspaces) {
        List<Fact> facts = new ArrayList<>();
        OriginView.Place workspace = workspaces.apply(tags.get(WORKSPACE));
        if (workspace != null) {
            facts.add(new Fact("Workspace", workspace.name(), "", workspace.address()));
        }
        if ("NOTEBOOK".equals(tags.get("mlflow.source.type"))) {
            add(facts, "Notebook", tags.get("mlflow.source.name"), code(tags.get("benchtop.notebook.code_sha256")));
        }
        add(facts, "Git", shortened(tags.get("mlflow.source.git.commit")), git(tags));
        add(facts, "Image", tags.get("benchtop.image"), "");
        add(facts, "Processor time", cpu(tags.get("benchtop.used.cpu_seconds")), "");
        add(facts, "Memory", memory(tags.get("benchtop.used.peak_memory_bytes")), "at most, of the kernel");
        return new RunMaking(facts);
    }

    private static void add(List<Fact> facts, String name, @Nullable String value, String detail) {
        if (value != null && !value.isEmpty()) {
            facts.add(new Fact(name, value, detail, null));
        }
    }

    private static String code(@Nullable String hash) {
        return hash == null ? "" : "code " + shortened(hash);
    }

    private static @Nullable String shortened(@Nullable String hash) {
        return hash == null || hash.length() < SHORT_HASH ? hash : hash.substring(0, SHORT_HASH);
    }

    private static String git(Map<String, String> tags) {
        List<String> words = new ArrayList<>();
        String branch = tags.get("mlflow.source.git.branch");
        String repository = tags.get("mlflow.source.git.repoURL");
        if (branch != null) {
            words.add("branch " + branch);
        }
        if (repository != null) {
            words.add("of " + repository);
        }
        if ("true".equals(tags.get("mlflow.source.git.dirty"))) {
            words.add("with changes that were not committed");
        }
        return String.join(" ", words);
    }

    /** Tags are anybody's: what is no number is no fact. */
    private static @Nullable String cpu(@Nullable String seconds) {
        Double told = number(seconds);
        if (told == null) {
            return null;
        }
        Duration time = Duration.ofMillis(Math.round(told * 1000));
        return time.compareTo(Duration.ofSeconds(10)) < 0 ? told + " s" : HumaneTime.lasting(time);
    }

    private static @Nullable String memory(@Nullable String bytes) {
        Double told = number(bytes);
        return told == null ? null : HumaneBytes.size(Math.round(told));
    }

    private static @Nullable Double number(@Nullable String text) {
        try {
            double number = text == null ? -1 : Double.parseDouble(text);
            return number >= 0 && number < 1e15 ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /**
     * @param detail smaller beside the value; may be empty
     * @param address of a page; null for none
     */
    record Fact(
            String name,
            String value,
            String detail,
            @Nullable String address) {}
}
