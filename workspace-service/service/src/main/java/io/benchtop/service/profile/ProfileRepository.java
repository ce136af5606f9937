package io.benchtop.service.profile;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Port: where profiles are kept. */
public interface ProfileRepository {

    /** In the order in which they were added. */
    List<OfferedProfile> list();

    Optional<OfferedProfile> find(OptionSlug slug);

    /** Adds one behind the others; false if there is one of this slug. */
    boolean insert(OfferedProfile profile);

    /** Applies a change to the profile as it is now and gives what is stored then; others wait meanwhile. */
    Optional<OfferedProfile> change(OptionSlug slug, UnaryOperator<OfferedProfile> change);

    void remove(OptionSlug slug);
}
