package io.benchtop.service.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.identity.DisplayName;
import io.benchtop.service.identity.UserName;
import io.benchtop.service.profile.LastChoices;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.Overrides;
import io.benchtop.service.profile.ProfileChoice;
import io.benchtop.service.spawn.EndingCode;
import io.benchtop.service.spawn.ServerEnding;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.StartPhase;
import io.benchtop.service.spawn.WorkspaceId;
import io.benchtop.service.workspace.IdempotencyRepository.Answered;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store of workspaces does. Its users alice and bob are there. */
public abstract class WorkspaceRepositoryContract {

    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456Z");

    private static final Overrides EVERY_OVERRIDE = new Overrides(1L << 40, 0.5, 0, new OptionSlug("cuda-12"));

    protected abstract WorkspaceRepository workspaces();

    protected abstract IdempotencyRepository answers();

    protected abstract LastChoices lastChoices();

    private static Workspace workspace(UserName owner, String slug) {
        return Workspace.create(
                WorkspaceId.random(),
                owner,
                new Slug(slug),
                new DisplayName("秀樹's " + slug),
                ProfileChoice.of(new OptionSlug("standard")),
                NOW);
    }

    @Test
    void keepsEveryStateAsItIs() {
        // Given
        Workspace stopped = workspace(ALICE, "states");
        workspaces().insert(stopped);
        ServerEnding ending = new ServerEnding(EndingCode.EXITED, "It exited.", List.of("one", "two ü"));
        Workspace queued = stopped.startAsked(NOW);
        Workspace starting = queued.starting(NOW);
        Workspace running = starting.started(1, NOW);

        // Then
        Stream.of(
                        queued,
                        starting,
                        starting.progressed(1, StartPhase.PULLING, "Fetching größe, 40 %.", NOW.plusSeconds(1)),
                        running,
                        running.stopAsked(NOW, Reason.of("BENCHTOP_STOPPED", "Benchtop was stopped.")),
                        running.stopAsked(NOW, null).stopped(NOW),
                        running.ended(1, ending, NOW),
                        running.keptAlive(new KeptAlive(NOW.plusSeconds(60), "long run"))
                                .active(NOW),
                        stopped.changed(null, new ProfileChoice(new OptionSlug("gpu"), EVERY_OVERRIDE)),
                        running.deleteAsked(NOW, FilesAfterwards.KEEP))
                .forEach(state -> {
                    assertThat(workspaces().change(stopped.id(), _ -> state)).contains(state);
                    assertThat(workspaces().find(stopped.id())).contains(state);
                });
    }

    @Test
    void aSlugIsTakenOnceForEachOwner() {
        // Given
        workspaces().insert(workspace(ALICE, "taken"));

        // Then
        assertThat(workspaces().insert(workspace(ALICE, "taken"))).isFalse();
        assertThat(workspaces().insert(workspace(BOB, "taken"))).isTrue();
        assertThat(workspaces().isTaken(ALICE, new Slug("taken"))).isTrue();
        assertThat(workspaces().isTaken(ALICE, new Slug("free"))).isFalse();
    }

    @Test
    void aRetiredWorkspaceIsGoneButItsSlugStaysTaken() {
        // Given
        Workspace kept = workspace(ALICE, "kept");
        Workspace removed = workspace(ALICE, "removed");
        workspaces().insert(kept);
        workspaces().insert(removed);

        // When
        workspaces().retire(kept.id());
        workspaces().remove(removed.id());

        // Then
        assertThat(workspaces().find(kept.id())).isEmpty();
        assertThat(workspaces().find(ALICE, kept.slug())).isEmpty();
        assertThat(workspaces().change(kept.id(), now -> now)).isEmpty();
        assertThat(workspaces().list()).doesNotContain(kept, removed);
        assertThat(workspaces().isTaken(ALICE, kept.slug())).isTrue();
        assertThat(workspaces().isTaken(ALICE, removed.slug())).isFalse();
    }

    @Test
    void listsAnOwnersOldestFirst() {
        // Given
        Workspace first = workspace(BOB, "first");
        Workspace second = new Workspace(
                WorkspaceId.random(),
                BOB,
                new Slug("second"),
                new DisplayName("Second"),
                ProfileChoice.of(new OptionSlug("small")),
                NOW.plusSeconds(1),
                DesiredState.STOPPED,
                first.state(),
                0,
                null,
                null);
        workspaces().insert(second);
        workspaces().insert(first);
        workspaces().insert(workspace(ALICE, "other"));

        // Then
        assertThat(workspaces().list(BOB)).containsExactly(first, second);
        assertThat(workspaces().find(BOB, second.slug())).contains(second);
        assertThat(workspaces().list()).hasSize(3);
    }

    @Test
    void countsTheWorkspacesOfEachProfile() {
        // Given
        Workspace retired = workspace(ALICE, "one");
        workspaces().insert(retired);
        workspaces().insert(workspace(ALICE, "two"));
        workspaces().insert(workspace(BOB, "one"));
        workspaces().retire(retired.id());

        // Then
        assertThat(workspaces().countByProfile()).containsExactly(Map.entry(new OptionSlug("standard"), 2));
    }

    @Test
    void remembersWhatEachPersonPickedLast() {
        // Given
        ProfileChoice plain = ProfileChoice.of(new OptionSlug("small"));
        ProfileChoice adjusted = new ProfileChoice(new OptionSlug("gpu"), EVERY_OVERRIDE);

        // When
        lastChoices().remember(ALICE, plain);
        lastChoices().remember(ALICE, adjusted);
        lastChoices().remember(BOB, plain);

        // Then
        assertThat(lastChoices().find(ALICE)).contains(adjusted);
        assertThat(lastChoices().find(BOB)).contains(plain);
        assertThat(lastChoices().find(new UserName("carol"))).isEmpty();
    }

    @Test
    void remembersAnswersForATime() {
        // Given
        Answered answered = new Answered("hash", WorkspaceId.random(), NOW);
        answers().insert(ALICE, "key", answered);

        // Then
        assertThat(answers().find(ALICE, "key")).contains(answered);
        assertThat(answers().find(BOB, "key")).isEmpty();

        // When
        answers().forgetBefore(NOW.plus(Duration.ofHours(1)));

        // Then
        assertThat(answers().find(ALICE, "key")).isEmpty();
    }
}
