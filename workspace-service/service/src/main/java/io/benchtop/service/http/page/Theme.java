package io.benchtop.service.http.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Light or dark: as the person's machine says, unless chosen with the button, which a cookie remembers. */
enum Theme {
    SYSTEM,
    LIGHT,
    DARK;

    static final String COOKIE = "benchtop-theme";

    /** Any other text than the two choices is as good as none. */
    static Theme parse(@Nullable String cookie) {
        return switch (cookie) {
            case "light" -> LIGHT;
            case "dark" -> DARK;
            case null, default -> SYSTEM;
        };
    }

    /** For the root element; null leaves the attribute out. */
    @Nullable
    String attribute() {
        return this == SYSTEM ? null : name().toLowerCase(Locale.ROOT);
    }
}
