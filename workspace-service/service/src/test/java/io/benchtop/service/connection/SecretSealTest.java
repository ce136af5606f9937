package io.benchtop.service.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretSealTest {

    private static final ConnectionName SHOP = new ConnectionName("shop");
    private static final Secret SECRET = new Secret("pä$$ word");

    private final SecretSeal seal = new SecretSeal(new byte[32]);

    @Test
    void opensWhatItSealedAndSealsNothingTwiceAlike() {
        // When
        String one = seal.seal(SHOP, SECRET);
        String other = seal.seal(SHOP, SECRET);

        // Then
        assertThat(one).isNotEqualTo(other).doesNotContain("word");
        assertThat(seal.open(SHOP, one)).contains(SECRET);
        assertThat(seal.open(SHOP, other)).contains(SECRET);
    }

    @Test
    void opensNothingOfAnotherConnectionOrKeyNorWhatWasChanged() {
        // Given
        String sealed = seal.seal(SHOP, SECRET);
        byte[] other = new byte[32];
        other[0] = 1;

        // Then
        assertThat(seal.open(new ConnectionName("shop2"), sealed)).isEmpty();
        assertThat(new SecretSeal(other).open(SHOP, sealed)).isEmpty();
        assertThat(seal.open(SHOP, (sealed.charAt(0) == 'A' ? "B" : "A") + sealed.substring(1)))
                .isEmpty();
        assertThat(seal.open(SHOP, "?")).isEmpty();
        assertThat(seal.open(SHOP, "")).isEmpty();
    }

    @Test
    void s08NoSecretIsPrinted() {
        assertThat(SECRET + " "
                        + new KeptConnection(SampleConnection.of("shop", SampleConnection.database()), "s3al3d"))
                .doesNotContain("word")
                .doesNotContain("s3al3d");
    }
}
