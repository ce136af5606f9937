package io.benchtop.cli;

import io.benchtop.cli.support.Surroundings;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands: those that touch the world get it through their constructor. */
record CommandFactory(Surroundings surroundings) implements IFactory {

    @Override
    public <K> K create(Class<K> type) throws Exception {
        var wanted = Arrays.stream(type.getDeclaredConstructors())
                .anyMatch(it -> Arrays.equals(it.getParameterTypes(), new Class<?>[] {Surroundings.class}));
        if (!wanted) {
            return CommandLine.defaultFactory().create(type);
        }
        var constructor = type.getDeclaredConstructor(Surroundings.class);
        constructor.setAccessible(true);
        return constructor.newInstance(surroundings);
    }
}
