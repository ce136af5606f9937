package io.benchtop.service.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserNameChoiceTest {

    @ParameterizedTest
    @CsvSource({
        "anna, , anna",
        "Anna.Weber, , anna-weber",
        "anna@example.org, , anna",
        "Zoë Müller, , zoe-muller",
        "CORP\\anna, , corp-anna",
        "a--b, , a-b",
        "-x-, , user",
        "1234567, , u1234567",
        "秀樹, hideki@example.org, hideki",
        "秀樹, , user",
        "x, , user",
        "~u, , user",
        ", anna@example.org, anna",
        ", , user",
        "abcdefghijklmnopqrstuvwxyz0123456789, , abcdefghijklmnopqrstuvwxyz01",
    })
    void theFirstChoiceIsWhatAPersonWouldExpect(@Nullable String preferred, @Nullable String email, String expected) {
        // When
        UserName first =
                UserNameChoice.candidates(claims(preferred, email)).findFirst().orElseThrow();

        // Then
        assertThat(first).isEqualTo(new UserName(expected));
    }

    @Test
    void aTakenNameGetsANumber() {
        assertThat(UserNameChoice.candidates(claims("anna", null)).limit(3))
                .extracting(UserName::value)
                .containsExactly("anna", "anna-2", "anna-3");
    }

    @Test
    void s10EveryCandidateOfWhateverWishIsAValidNameOfItsOwn() {
        // Given
        Random random = new Random(20261121);

        for (int i = 0; i < 10_000; i++) {
            // When
            String wish = random.ints(random.nextInt(60), 1, 0x2ff)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());

            // Then
            assertThat(UserNameChoice.candidates(claims(wish, null)).limit(20))
                    .as(wish)
                    .doesNotHaveDuplicates();
        }
        assertThat(UserNameChoice.candidates(claims("abcdefghijklmnopqrstuvwxyz0123456789", null)))
                .hasSize(999)
                .doesNotHaveDuplicates();
    }

    private static ExternalClaims claims(@Nullable String preferred, @Nullable String email) {
        return new ExternalClaims(
                new ExternalIdentity("https://id.example.org", "1"), preferred, null, email, true, Set.of());
    }
}
