package io.benchtop.service.profile;

import io.benchtop.api.profile.Profile;
import java.util.List;
import java.util.Optional;

/** Port: the profiles that this installation offers. */
public interface ProfileCatalog {

    /** In the order to show them; never empty. */
    List<Profile> list();

    /** The one that is taken when none is named. */
    Profile standard();

    default Optional<Profile> find(String slug) {
        return list().stream().filter(profile -> profile.slug().equals(slug)).findFirst();
    }

    /** Sentences about profiles that this machine cannot hold. */
    default List<String> warnings() {
        return List.of();
    }
}
