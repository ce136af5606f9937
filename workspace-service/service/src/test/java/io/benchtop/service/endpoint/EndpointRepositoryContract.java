package io.benchtop.service.endpoint;

import static io.benchtop.service.endpoint.EndpointExamples.ALICE;
import static io.benchtop.service.endpoint.EndpointExamples.NEW;
import static io.benchtop.service.endpoint.EndpointExamples.NOW;
import static io.benchtop.service.endpoint.EndpointExamples.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.identity.UserName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every repository of endpoints holds to. */
public abstract class EndpointRepositoryContract {

    /** Empty. */
    protected abstract EndpointRepository endpoints();

    protected abstract void user(UserName name);

    @BeforeEach
    void insertUsers() {
        user(ALICE);
    }

    private Endpoint inserted(Endpoint endpoint) {
        assertThat(endpoints().insert(endpoint)).isTrue();
        return endpoint;
    }

    @Test
    void everyKindOfRolloutComesBackAsItWas() {
        // Given
        Endpoint first = inserted(EndpointExamples.wanting("orders", OLD, "bob", "*"));
        Endpoint serving = first.settled(Traffic.all(OLD), NOW);
        Endpoint trying = serving.trying(NEW, EndpointExamples.plan(new Guards(0.01, 50.0, null, 3.0)), NOW);
        Endpoint stepped = trying.stepped((Rollout.Canary) trying.rollout(), 1, NOW);
        Endpoint shadowing = serving.shadowing(new ShadowTraffic(NEW, 10), NOW);
        Endpoint large = serving.with(serving.settings().withHardware("large"), NOW);

        for (Endpoint each :
                List.of(first, serving, trying, stepped, stepped.rolledBack("no", NOW), large, shadowing)) {
            // When
            endpoints().change(first.id(), _ -> each);

            // Then
            assertThat(endpoints().find(first.id())).contains(each);
            assertThat(endpoints().find(first.name())).contains(each);
        }
        assertThat(endpoints().list()).containsExactly(shadowing);
    }

    @Test
    void aNameIsTakenOnce() {
        inserted(EndpointExamples.wanting("orders", OLD));

        assertThat(endpoints().insert(EndpointExamples.wanting("orders", NEW))).isFalse();
    }

    @Test
    void oneFindsWhatOneOwnsOrMayCall() {
        // Given
        inserted(EndpointExamples.wanting("b-mine", OLD));
        inserted(EndpointExamples.wanting("a-bobs", OLD, "bob"));
        inserted(EndpointExamples.wanting("c-all", OLD, "*"));

        // Then
        assertThat(endpoints().list(ALICE))
                .extracting(each -> each.name().value())
                .containsExactly("a-bobs", "b-mine", "c-all");
        assertThat(endpoints().list(new UserName("bob")))
                .extracting(each -> each.name().value())
                .containsExactly("a-bobs", "c-all");
        assertThat(endpoints().list(new UserName("carol")))
                .extracting(each -> each.name().value())
                .containsExactly("c-all");
    }

    @Test
    void whatIsSeenComesBackAsItWas() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));
        Map<ServedVersion, ArmState> seen =
                Map.of(OLD, EndpointExamples.ready(), NEW, new ArmState.Failed("ENDED", "\"quoted\" and ümlaut"));

        // When
        endpoints().see(endpoint.id(), seen);

        // Then
        assertThat(endpoints().seen(endpoint.id())).isEqualTo(seen);
        assertThat(endpoints().seen(EndpointId.random())).isEmpty();
    }

    @Test
    void theNewestStepComesFirst() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));

        // When
        for (String code : List.of("ONE", "TWO", "THREE")) {
            endpoints().add(endpoint.id(), new Step(NOW, "alice", code, "message"));
        }

        // Then
        assertThat(endpoints().steps(endpoint.id(), 2)).extracting(Step::code).containsExactly("THREE", "TWO");
    }

    @Test
    void whatIsLockedIsWhatIsThere() {
        // Given
        Endpoint first = inserted(EndpointExamples.wanting("orders", OLD));
        Endpoint second = inserted(EndpointExamples.wanting("others", OLD));

        // When
        List<Endpoint> locked = endpoints().lock(List.of(second.id(), EndpointId.random(), first.id(), second.id()));

        // Then
        assertThat(locked).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void aRemovedOneIsGone() {
        // Given
        Endpoint endpoint = inserted(EndpointExamples.wanting("orders", OLD));

        // When
        endpoints().remove(endpoint.id());

        // Then
        assertThat(endpoints().find(endpoint.name())).isEmpty();
        assertThat(endpoints().lock(List.of(endpoint.id()))).isEmpty();
        assertThat(endpoints().change(endpoint.id(), same -> same)).isEmpty();
    }
}
