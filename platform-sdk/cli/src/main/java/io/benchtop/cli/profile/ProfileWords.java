package io.benchtop.cli.profile;

import io.benchtop.api.profile.Profile;
import io.benchtop.cli.support.Words;
import org.jspecify.annotations.Nullable;

/** Figures of a profile as people read them. */
record ProfileWords(Profile profile) {

    private static final String NOTHING = "-";

    String memory() {
        return Words.ofBytes(profile.resources().memoryBytes());
    }

    String cpus() {
        return number(profile.resources().cpus());
    }

    String gpus() {
        var gpu = profile.gpu();
        return gpu == null ? NOTHING : gpu.count() + " " + gpu.resource();
    }

    String image() {
        return profile.image() == null ? NOTHING : profile.image();
    }

    /** Whole ones without a fraction. */
    static String number(@Nullable Double number) {
        if (number == null) {
            return NOTHING;
        }
        return number == Math.rint(number) ? Long.toString(Math.round(number)) : number.toString();
    }
}
