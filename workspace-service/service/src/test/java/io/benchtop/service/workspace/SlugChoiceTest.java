package io.benchtop.service.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.identity.UserName;
import io.benchtop.service.spawn.Slug;
import java.util.HashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlugChoiceTest {

    @ParameterizedTest
    @CsvSource({
        "My Experiment, my-experiment",
        "Prévisions d'été, previsions-d-ete",
        "--x--, workspace",
        "2026 plans, w-2026-plans",
        "秀樹, workspace",
        "ＡＢＣ, abc",
        "a.b, a-b",
        "~u, workspace",
        "u@x, u-x",
        "İstanbul, istanbul"
    })
    void aDisplayNameGivesAReadableSlug(String displayName, String slug) {
        assertThat(SlugChoice.choose(displayName, _ -> false)).hasToString(slug);
    }

    @Test
    void aTakenSlugGetsTheNextFreeNumber() {
        // Given
        Set<Slug> taken = Set.of(new Slug("plot"), new Slug("plot-2"));

        // Then
        assertThat(SlugChoice.choose("Plot", taken::contains)).hasToString("plot-3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A", "a", "-ab", "ab-", "a--b", "a.b", "a/b", "..", "a b", "é", "ab\n", "a%2fb", "a;b", "秀樹", "~u", "Ab"
            })
    void s10NothingButTheSmallAlphabetIsASlug(String text) {
        assertThat(Slug.find(text)).isEmpty();
    }

    @Test
    void s10NoTwoWorkspacesOfOneOwnerEverShareASlugHoweverTheyAreCalled() {
        // Given
        Random random = new Random(10);
        Set<Slug> taken = new HashSet<>();

        // When
        for (int i = 0; i < 2_000; i++) {
            Slug slug = SlugChoice.choose(randomName(random), taken::contains);

            // Then
            assertThat(taken.add(slug)).as(slug.value()).isTrue();
            assertThat(slug.value()).matches("[a-z][a-z0-9-]{0,38}[a-z0-9]").doesNotContain("--");
        }
    }

    @Test
    void s10DifferentOwnersAndSlugsGiveDifferentPathsEvenWhereCaseIsIgnored() {
        // Given
        Random random = new Random(11);
        Set<String> pairs = new HashSet<>();
        Set<String> paths = new HashSet<>();

        // When
        for (int i = 0; i < 100_000; i++) {
            String owner = randomPart(random);
            String slug = randomPart(random);
            if (UserName.find(owner).isPresent() && Slug.find(slug).isPresent() && pairs.add(owner + "\0" + slug)) {
                // Then: not even joined by the free separator do two pairs fall together
                assertThat(paths.add((owner + "--" + slug).toLowerCase(Locale.ROOT)))
                        .as(owner + " " + slug)
                        .isTrue();
            }
        }
        assertThat(pairs).hasSizeGreaterThan(5_000);
    }

    private static String randomName(Random random) {
        String alphabet = "aAbB-_. éÉ秀0９~@/\\%\u0301";
        StringBuilder name = new StringBuilder();
        int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 90 : 3);
        for (int i = 0; i < length; i++) {
            name.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return name.toString();
    }

    private static String randomPart(Random random) {
        StringBuilder part = new StringBuilder();
        int length = 2 + random.nextInt(8);
        for (int i = 0; i < length; i++) {
            part.append("ab0-".charAt(random.nextInt(4)));
        }
        return part.toString();
    }
}
