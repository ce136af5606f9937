package io.benchtop.service.http.api;

import static java.util.Objects.requireNonNull;

import io.benchtop.api.profile.Profile;
import io.benchtop.api.profile.ProfileList;
import io.benchtop.api.profile.ProfileRequest;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.profile.OfferedProfile;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.ProfileDescriptions;
import io.benchtop.service.profile.ProfileOffers;
import io.benchtop.service.profile.ProfileReading;
import io.benchtop.service.profile.Profiles;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import java.net.URI;

/** What people can pick, and what administrators make of it. */
@Controller("/api/v1/profiles")
final class ProfileController {

    private final Profiles profiles;
    private final ProfileOffers offers;
    private final ProfileSchema schema;

    ProfileController(Profiles profiles, ProfileOffers offers, ProfileSchema schema) {
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.offers = requireNonNull(offers, "offers is null");
        this.schema = requireNonNull(schema, "schema is null");
    }

    @Get
    ProfileList list(Caller caller, @QueryValue(defaultValue = "false") boolean all) {
        return new ProfileList(
                all
                        ? profiles.list(caller).stream()
                                .map(ProfileDescriptions::all)
                                .toList()
                        : offers.of(caller).stream()
                                .map(ProfileDescriptions::offer)
                                .toList(),
                offers.standard(caller).map(it -> it.slug().value()).orElse(null));
    }

    /** A JSON Schema of what {@code POST} and {@code PUT} take. */
    @Get(
            value = "/schema",
            produces = {"application/schema+json", MediaType.APPLICATION_JSON})
    String schema(Caller caller) {
        return schema.text();
    }

    @Get("/{slug}")
    Profile get(Caller caller, String slug) {
        return caller.role() == Role.ADMIN
                ? ProfileDescriptions.all(profiles.get(caller, slug))
                : ProfileDescriptions.offer(offers.get(caller, slug));
    }

    @Post
    HttpResponse<Profile> create(Caller caller, @Body ProfileRequest request) {
        caller.require(Role.ADMIN);
        OfferedProfile created = profiles.create(caller, ProfileReading.read(request));
        return HttpResponse.created(ProfileDescriptions.all(created), URI.create("/api/v1/profiles/" + created.slug()));
    }

    @Put("/{slug}")
    Profile replace(Caller caller, String slug, @Body ProfileRequest request) {
        OptionSlug known = profiles.get(caller, slug).slug();
        return ProfileDescriptions.all(profiles.replace(caller, slug, ProfileReading.read(request, known)));
    }

    @Delete("/{slug}")
    @Status(HttpStatus.NO_CONTENT)
    void delete(Caller caller, String slug) {
        profiles.delete(caller, slug);
    }

    @Post("/{slug}:retire")
    Profile retire(Caller caller, String slug) {
        return ProfileDescriptions.all(profiles.retire(caller, slug));
    }

    @Post("/{slug}:offer")
    Profile offer(Caller caller, String slug) {
        return ProfileDescriptions.all(profiles.offer(caller, slug));
    }

    @Post("/{slug}:probe")
    @Status(HttpStatus.ACCEPTED)
    Profile probe(Caller caller, String slug) {
        profiles.probe(caller, slug);
        return ProfileDescriptions.all(profiles.get(caller, slug));
    }
}
