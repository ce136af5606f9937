package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.http.api.Installation;
import io.benchtop.service.identity.Caller;
import io.benchtop.service.identity.Role;
import io.benchtop.service.profile.OfferedProfile;
import io.benchtop.service.profile.OptionSlug;
import io.benchtop.service.profile.ProfileDescriptions;
import io.benchtop.service.profile.ProfileReading;
import io.benchtop.service.profile.Profiles;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What administrators do with profiles. */
@Controller("/admin/profiles")
@Produces(MediaType.TEXT_HTML)
final class ProfilesController {

    private final Profiles profiles;
    private final Installation installation;
    private final Frames frames;
    private final InstantSource clock;

    ProfilesController(Profiles profiles, Installation installation, Frames frames, InstantSource clock) {
        this.profiles = requireNonNull(profiles, "profiles is null");
        this.installation = requireNonNull(installation, "installation is null");
        this.frames = requireNonNull(frames, "frames is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Get
    HttpResponse<String> list(HttpRequest<?> request, Caller caller) {
        return Answers.page(page(request, caller, null));
    }

    @Get("/new")
    HttpResponse<String> ask(HttpRequest<?> request, Caller caller) {
        caller.require(Role.ADMIN);
        return Answers.page(formPage(request, null, ProfileForm.empty()));
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> create(HttpRequest<?> request, Caller caller, @Body Map<String, String> fields) {
        caller.require(Role.ADMIN);
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    profiles.create(caller, ProfileReading.read(ProfileForm.request(form)));
                    return Answers.done(Section.PROFILES.path(), Notice.Done.PROFILE_MADE);
                },
                problem -> formPage(request, null, ProfileForm.refused(form, problem)));
    }

    @Get("/{slug}")
    HttpResponse<String> show(HttpRequest<?> request, Caller caller, String slug) {
        OfferedProfile profile = profiles.get(caller, slug);
        return Answers.page(formPage(request, profile, ProfileForm.of(ProfileDescriptions.complete(profile))));
    }

    @Post("/{slug}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> save(HttpRequest<?> request, Caller caller, String slug, @Body Map<String, String> fields) {
        OfferedProfile before = profiles.get(caller, slug);
        Form form = Form.of(fields);
        return Answers.form(
                () -> {
                    profiles.replace(caller, slug, ProfileReading.read(ProfileForm.request(form), before.slug()));
                    return Answers.done(Section.PROFILES.path(), Notice.Done.PROFILE_SAVED);
                },
                problem -> formPage(request, before, ProfileForm.refused(form, problem)));
    }

    @Post("/{slug}/retire")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> retire(HttpRequest<?> request, Caller caller, String slug) {
        return inList(request, caller, Notice.Done.PROFILE_RETIRED, () -> profiles.retire(caller, slug));
    }

    @Post("/{slug}/offer")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> offer(HttpRequest<?> request, Caller caller, String slug) {
        return inList(request, caller, Notice.Done.PROFILE_OFFERED, () -> profiles.offer(caller, slug));
    }

    @Post("/{slug}/probe")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> probe(Caller caller, String slug) {
        profiles.probe(caller, slug);
        return Answers.done("/admin/profiles/" + profiles.get(caller, slug).slug(), Notice.Done.PROBE_BEGUN);
    }

    @Get("/{slug}/delete")
    HttpResponse<String> askToDelete(HttpRequest<?> request, Caller caller, String slug) {
        return Answers.page(deletePage(request, profiles.get(caller, slug), null));
    }

    @Post("/{slug}/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<String> delete(HttpRequest<?> request, Caller caller, String slug) {
        OfferedProfile profile = profiles.get(caller, slug);
        return Answers.form(
                () -> {
                    profiles.delete(caller, slug);
                    return Answers.done(Section.PROFILES.path(), Notice.Done.PROFILE_DELETED);
                },
                problem -> deletePage(request, profile, problem.detail()));
    }

    private HttpResponse<String> inList(HttpRequest<?> request, Caller caller, Notice.Done done, Runnable action) {
        return Answers.form(
                () -> {
                    action.run();
                    return Answers.done(Section.PROFILES.path(), done);
                },
                problem -> page(request, caller, problem.detail()));
    }

    private ProfilesPage page(HttpRequest<?> request, Caller caller, @Nullable String problem) {
        Frame frame = frames.of(request, Section.PROFILES);
        Map<OptionSlug, Integer> use = profiles.use(caller);
        return new ProfilesPage(
                problem == null ? frame : frame.with(Notice.problem(problem)),
                profiles.list(caller).stream()
                        .map(profile -> ProfileRows.row(profile, use.getOrDefault(profile.slug(), 0)))
                        .toList(),
                profiles.locked(),
                installation.spawner().equals("local"));
    }

    private ProfilePage formPage(HttpRequest<?> request, @Nullable OfferedProfile profile, Form form) {
        Frame frame = frames.of(request, Section.PROFILES);
        String problem = form.problem();
        return new ProfilePage(
                problem == null ? frame : frame.with(Notice.problem(problem)),
                profile == null ? null : profile.slug().value(),
                form,
                profiles.locked(),
                profile == null ? List.of() : ProfileRows.images(profile, clock.instant()));
    }

    private ProfileDeletePage deletePage(HttpRequest<?> request, OfferedProfile profile, @Nullable String problem) {
        return new ProfileDeletePage(
                frames.of(request, Section.PROFILES),
                profile.slug().value(),
                profile.displayName().value(),
                problem);
    }
}
