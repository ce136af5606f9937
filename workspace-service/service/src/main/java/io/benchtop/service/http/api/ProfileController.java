package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.profile.ProfileList;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.profile.ProfileCatalog;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** What a person can pick. */
@Controller("/api/v1/profiles")
final class ProfileController {

    private final ProfileCatalog profiles;

    ProfileController(ProfileCatalog profiles) {
        this.profiles = requireNonNull(profiles, "profiles is null");
    }

    @Get
    ProfileList list(Caller caller) {
        return new ProfileList(profiles.list(), profiles.standard().slug());
    }
}
