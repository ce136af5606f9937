package io.benchtop.service.profile;

import io.benchtop.service.identity.UserName;
import java.util.Optional;

/** Port: what each person picked last, to have it ready the next time. */
public interface LastChoices {

    void remember(UserName user, ProfileChoice choice);

    Optional<ProfileChoice> find(UserName user);
}
