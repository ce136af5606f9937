package io.benchtop.cli.support;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Gives the result of a command: for a person, or with {@code --json} exactly as the service told it. */
public final class Output {

    private static final Gson JSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    @Option(names = "--json", description = "Print JSON, as the REST interface has it, instead of text.")
    private boolean json;

    private final Surroundings surroundings;

    public Output(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public void print(Object told, Supplier<String> forPeople) {
        surroundings.out().println(json ? JSON.toJson(told) : forPeople.get());
    }

    /** What happens meanwhile; never mixed with the result. */
    public void progress(String line) {
        surroundings.err().println(Table.harmless(line));
    }
}
