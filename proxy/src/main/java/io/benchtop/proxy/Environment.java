package io.benchtop.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Environment variables as typed values. What is wrong is told with the key and with what it should be. */
record Environment(Map<String, String> variables) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,5})(ms|s|m)");

    Environment {
        variables = Map.copyOf(variables);
    }

    /** Stops the start when there is a key with the prefix that is not known: it would be a misspelt one. */
    void requireKnown(String prefix, Set<String> known) {
        Set<String> unknown = variables.keySet().stream()
                .filter(key -> key.startsWith(prefix) && !known.contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown settings " + unknown + "; known are " + new TreeSet<>(known));
        }
    }

    String required(String key) {
        String value = variables.getOrDefault(key, "").strip();
        require(!value.isEmpty(), key, "set");
        return value;
    }

    int number(String key, int fallback, int max) {
        String text = variables.getOrDefault(key, Integer.toString(fallback));
        String wanted = "a number from 1 to " + max;
        require(text.matches("\\d{1,9}"), key, wanted);
        int number = Integer.parseInt(text);
        require(number >= 1 && number <= max, key, wanted);
        return number;
    }

    boolean flag(String key, boolean fallback) {
        String text = variables.getOrDefault(key, Boolean.toString(fallback));
        require(text.equals("true") || text.equals("false"), key, "true or false");
        return text.equals("true");
    }

    /** A time such as {@code 500ms}, {@code 10s} or {@code 5m}. */
    Duration duration(String key, Duration fallback) {
        String text = variables.get(key);
        if (text == null) {
            return fallback;
        }
        var parts = DURATION.matcher(text);
        require(parts.matches(), key, "a time such as 500ms, 10s or 5m");
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    /** The text of the file that the key names, without the white space around it. */
    String fileText(String key) {
        Path file = Path.of(required(key));
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(key + " cannot be read: " + file, e);
        }
    }

    InetSocketAddress address(String key, String fallback) {
        String text = variables.getOrDefault(key, fallback);
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        require(colon > 0 && port.matches("\\d{1,5}") && Integer.parseInt(port) < 65_536, key, "host:port");
        String host = text.substring(0, colon).replace("[", "").replace("]", "");
        InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
        require(!address.isUnresolved(), key, "a host that can be resolved");
        return address;
    }

    /** Null where it is not set. */
    @Nullable
    InetSocketAddress optionalAddress(String key) {
        return variables.containsKey(key) ? address(key, "") : null;
    }

    URI url(String key, Set<String> schemes) {
        String text = required(key);
        try {
            URI url = URI.create(text);
            boolean plain = url.getScheme() != null && schemes.contains(url.getScheme()) && url.getHost() != null;
            require(plain, key, "an address like " + schemes.iterator().next() + "://host:port");
            return url;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " must be an address like http://host:port, not " + text, e);
        }
    }

    Set<String> list(String key) {
        return Arrays.stream(variables.getOrDefault(key, "").split(","))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .collect(Collectors.toSet());
    }

    static void require(boolean right, String key, String wanted) {
        if (!right) {
            throw new IllegalArgumentException(key + " must be " + wanted);
        }
    }

    /** Values may be secrets and stay out of logs. */
    @Override
    public String toString() {
        return "Environment" + variables.keySet();
    }
}
