package io.benchtop.modelserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Options of a command line, {@code --name value} each. What is wrong is told with the option and what it should be. */
final class Arguments {

    private final Map<String, List<String>> options = new HashMap<>();

    /** {@code flags} are the options without a value; what is in neither set is not known. */
    Arguments(List<String> words, Set<String> valued, Set<String> flags) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (flags.contains(word)) {
                options.put(word, List.of("true"));
            } else if (valued.contains(word)) {
                require(i + 1 < words.size(), word, "followed by a value");
                options.computeIfAbsent(word, _ -> new ArrayList<>()).add(words.get(++i));
            } else {
                throw new IllegalArgumentException("there is no option " + word);
            }
        }
    }

    boolean flag(String option) {
        return options.containsKey(option);
    }

    List<String> all(String option) {
        return options.getOrDefault(option, List.of());
    }

    Optional<String> text(String option) {
        List<String> values = all(option);
        require(values.size() <= 1, option, "given once");
        return values.stream().findFirst();
    }

    String required(String option) {
        return text(option).orElseThrow(() -> new IllegalArgumentException(option + " is missing"));
    }

    Optional<Path> path(String option) {
        return text(option).map(Path::of);
    }

    int number(String option, int fallback, int least, int most) {
        return number(option, least, most).orElse(fallback);
    }

    OptionalInt number(String option, int least, int most) {
        Optional<String> given = text(option);
        if (given.isEmpty()) {
            return OptionalInt.empty();
        }
        String wanted = "a number from " + least + " to " + most;
        require(given.get().matches("\\d{1,10}"), option, wanted);
        long number = Long.parseLong(given.get());
        require(number >= least && number <= most, option, wanted);
        return OptionalInt.of((int) number);
    }

    double share(String option, double fallback) {
        String text = text(option).orElse(Double.toString(fallback));
        require(text.matches("(0|1|0?\\.\\d{1,9}|1\\.0*|0\\.\\d{1,9})"), option, "a number from 0 to 1");
        return Double.parseDouble(text);
    }

    /** The text of the file that the option names, without the white space around it. */
    Optional<String> fileText(String option) {
        return path(option).map(file -> {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new IllegalArgumentException(option + " cannot be read: " + file, e);
            }
        });
    }

    static void require(boolean right, String option, String wanted) {
        if (!right) {
            throw new IllegalArgumentException(option + " must be " + wanted);
        }
    }
}
