package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import io.benchtop.service.problem.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import org.jspecify.annotations.Nullable;

/** Serves the pages' own files, to be kept for ever where the address names their content. */
@Controller
@Produces(MediaType.ALL)
final class AssetController {

    private final Assets assets;

    AssetController(Assets assets) {
        this.assets = requireNonNull(assets, "assets is null");
    }

    @Get("/assets/{name}")
    HttpResponse<byte[]> asset(String name, @QueryValue @Nullable String v) {
        Assets.Content content = assets.find(name);
        if (content == null) {
            throw ProblemException.notFound("file", name);
        }
        boolean named = content.digest().equals(v);
        return HttpResponse.ok(content.bytes())
                .header("Content-Type", content.type())
                .header("Cache-Control", named ? "public, max-age=31536000, immutable" : "no-cache");
    }

    /** Browsers ask for it before they have read a page. */
    @Get("/favicon.ico")
    HttpResponse<byte[]> favicon() {
        return asset("favicon.svg", null);
    }
}
