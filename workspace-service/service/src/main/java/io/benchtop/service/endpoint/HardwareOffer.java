package io.benchtop.service.endpoint;

import io.benchtop.service.problem.ProblemException;
import java.util.List;

/**
 * What model-servers may run on here, as an administrator has named it: more memory, a GPU. What a name stands for is known to whoever
 * starts them.
 *
 * @param names the usual first
 */
public record HardwareOffer(List<String> names) {

    /** What an endpoint runs on unless its owner chooses otherwise. */
    public static final String USUAL = "default";

    /** One machine has no other. */
    public static final HardwareOffer ONLY_USUAL = new HardwareOffer(List.of(USUAL));

    public HardwareOffer {
        names = List.copyOf(names);
        if (!names.contains(USUAL)) {
            throw new IllegalArgumentException("the usual hardware must be on offer: " + names);
        }
    }

    public void require(String name) {
        if (!names.contains(name)) {
            throw ProblemException.invalidField(
                    "hardware",
                    "must be " + String.join(" or ", names) + ", which is what this Benchtop offers, not \"" + name
                            + "\"");
        }
    }
}
