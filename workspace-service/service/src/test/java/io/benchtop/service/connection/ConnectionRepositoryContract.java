package io.benchtop.service.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every repository of connections holds to. */
public abstract class ConnectionRepositoryContract {

    private static final KeptConnection SHOP =
            new KeptConnection(SampleConnection.of("shop", SampleConnection.database()), "sealed");

    /** With a user alice. */
    protected abstract ConnectionRepository connections();

    @Test
    void keepsEveryKindAsItIsByName() {
        // Given
        KeptConnection store = new KeptConnection(
                SampleConnection.of(
                        "store", SampleConnection.storage(URI.create("https://s3.example.org:9000"), "a/b")),
                "sealed too");
        KeptConnection amazon =
                new KeptConnection(SampleConnection.of("amazon", SampleConnection.storage(null, "")), "x");
        KeptConnection folder = new KeptConnection(SampleConnection.of("folder", SampleConnection.folder("/data")), "");

        // When
        boolean all = List.of(store, SHOP, folder, amazon).stream().allMatch(connections()::insert);

        // Then
        assertThat(all).isTrue();
        assertThat(connections().list()).containsExactly(amazon, folder, SHOP, store);
        assertThat(connections().find(new ConnectionName("shop"))).contains(SHOP);
    }

    @Test
    void addsNoNameTwiceAndRemovesOnce() {
        // When
        boolean first = connections().insert(SHOP);
        boolean again = connections().insert(SHOP);
        boolean removed = connections().remove(new ConnectionName("shop"));
        boolean removedAgain = connections().remove(new ConnectionName("shop"));

        // Then
        assertThat(List.of(first, again, removed, removedAgain)).containsExactly(true, false, true, false);
        assertThat(connections().list()).isEmpty();
    }

    @Test
    void replacesOnlyWhatItWas() {
        // Given
        connections().insert(SHOP);
        KeptConnection after = new KeptConnection(SHOP.connection(), "another seal");

        // When
        boolean replaced = connections().replace(SHOP, after);
        boolean late = connections().replace(SHOP, new KeptConnection(SHOP.connection(), "a third"));

        // Then
        assertThat(replaced).isTrue();
        assertThat(late).isFalse();
        assertThat(connections().list()).containsExactly(after);
    }
}
