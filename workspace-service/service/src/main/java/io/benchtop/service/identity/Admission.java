package io.benchtop.service.identity;

import static java.util.Objects.requireNonNull;

/** Whether somebody whom the identity provider vouches for may come in. */
public sealed interface Admission {

    /**
     * @param role what the person may do
     * @param binding whether the role counts at every sign-in; otherwise only at the first, and administrators change it
     */
    record Admitted(Role role, boolean binding) implements Admission {
        public Admitted {
            requireNonNull(role, "role is null");
        }
    }

    /**
     * @param sentence for the person
     * @param why for the audit log
     */
    record TurnedAway(String sentence, String why) implements Admission {
        public TurnedAway {
            requireNonNull(sentence, "sentence is null");
            requireNonNull(why, "why is null");
        }
    }
}
