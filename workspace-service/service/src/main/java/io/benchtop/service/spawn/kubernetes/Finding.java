package io.benchtop.service.spawn.kubernetes;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.StartPhase;
import java.time.Duration;

/** What one look at a starting pod and its events tells. */
sealed interface Finding {

    /** Nothing is wrong so far. */
    record OnItsWay(StartPhase phase, String sentence) implements Finding {

        public OnItsWay {
            requireNonNull(phase, "phase is null");
            requireNonNull(sentence, "sentence is null");
        }
    }

    record Answering() implements Finding {}

    /**
     * Something is wrong that may pass by itself.
     *
     * @param patience how long it may last
     */
    record Ailing(StartPhase phase, EndingCode code, String sentence, Duration patience) implements Finding {

        public Ailing {
            requireNonNull(phase, "phase is null");
            requireNonNull(code, "code is null");
            requireNonNull(sentence, "sentence is null");
            requireNonNull(patience, "patience is null");
        }
    }

    /** It will not come up any more. */
    record Over(EndingCode code, String sentence) implements Finding {

        public Over {
            requireNonNull(code, "code is null");
            requireNonNull(sentence, "sentence is null");
        }
    }
}
