package io.benchtop.service.http.page;

import io.benchtop.api.profile.Profile;
import io.benchtop.api.profile.Resources;
import java.util.ArrayList;
import java.util.List;

/** A profile to pick, with its resources in words. */
record ProfileView(String slug, String name, String description, String resources) {

    static ProfileView of(Profile profile) {
        return new ProfileView(
                profile.slug(), profile.displayName(), profile.description(), words(profile.resources()));
    }

    private static String words(Resources resources) {
        List<String> words = new ArrayList<>();
        Long memory = resources.memoryBytes();
        Double cpus = resources.cpus();
        Integer processes = resources.processes();
        if (memory != null) {
            words.add(HumaneBytes.text(memory) + " memory");
        }
        if (cpus != null) {
            String number = cpus == Math.rint(cpus) ? Long.toString(Math.round(cpus)) : cpus.toString();
            words.add(number + (cpus == 1 ? " CPU" : " CPUs"));
        }
        if (processes != null) {
            words.add(processes + " processes");
        }
        return words.isEmpty() ? "no limits" : String.join(", ", words);
    }
}
