package io.benchtop.service.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.service.profile.ImageCompatibility.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every repository of profiles holds to. */
public abstract class ProfileRepositoryContract {

    private static final OptionSlug GPU = new OptionSlug("gpu");

    protected abstract ProfileRepository profiles();

    @Test
    void keepsEveryPartAsItIs() {
        // Given
        OfferedProfile profile = SampleProfile.profile();
        ImageReference image = profile.spec().image();
        Instant probed = Instant.parse("2026-02-01T10:00:00Z");
        OfferedProfile probedProfile = profile.with(List.of(
                new ImageCompatibility(image, Verdict.COMPATIBLE, "2.17.0", "3.13.1", 1000L, probed, "It came up."),
                ImageCompatibility.notProbed(new ImageReference("r-notebook"), probed, "Not probed: ü.")));

        // When
        boolean inserted = profiles().insert(probedProfile);

        // Then
        assertThat(inserted).isTrue();
        assertThat(profiles().find(GPU)).contains(probedProfile);
        assertThat(probedProfile.compatibility()).hasSize(2);
    }

    @Test
    void listsInTheOrderInWhichTheyWereAddedAndAddsNoSlugTwice() {
        // When
        profiles().insert(SampleProfile.plain("zebra"));
        profiles().insert(SampleProfile.profile());
        profiles().insert(SampleProfile.plain("ant"));
        boolean again = profiles().insert(SampleProfile.plain("zebra"));

        // Then
        assertThat(again).isFalse();
        assertThat(profiles().list())
                .extracting(profile -> profile.slug().value())
                .containsExactly("zebra", "gpu", "ant");
    }

    @Test
    void changesWhatIsThereAndNothingElse() {
        // Given
        profiles().insert(SampleProfile.profile());
        profiles().insert(SampleProfile.plain("small"));

        // When
        var changed = profiles().change(GPU, now -> now.retired(true));
        var missing = profiles().change(new OptionSlug("gone"), now -> now.retired(true));

        // Then
        assertThat(missing).isEmpty();
        assertThat(changed)
                .contains(SampleProfile.profile().retired(true))
                .isEqualTo(profiles().find(GPU));
        assertThat(profiles().find(new OptionSlug("small"))).contains(SampleProfile.plain("small"));
    }

    @Test
    void whatIsRemovedIsGoneHoweverOften() {
        // Given
        profiles().insert(SampleProfile.profile());

        // When
        profiles().remove(GPU);
        profiles().remove(GPU);

        // Then
        assertThat(profiles().find(GPU)).isEmpty();
        assertThat(profiles().list()).isEmpty();
    }
}
