package io.benchtop.service.spawn.kubernetes;

import io.benchtop.service.profile.ImageReference;
import io.benchtop.service.spawn.Slug;
import io.benchtop.service.spawn.SpawnRequest;
import io.benchtop.service.spawn.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What our objects are called: a name follows from the workspace, so that making a thing twice is finding it. */
final class ObjectNames {

    private static final Pattern SERVER = Pattern.compile("ws-([a-z2-7]{12})-g[0-9]+");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?");

    private ObjectNames() {}

    /** Of the pod and the Secret of a server. */
    static String server(WorkspaceId id, long generation) {
        return "ws-" + characters(id) + "-g" + generation;
    }

    static String server(SpawnRequest request) {
        return server(request.id(), request.generation());
    }

    /** The workspace whose server has this name. */
    static Optional<WorkspaceId> workspace(String server) {
        Matcher matcher = SERVER.matcher(server);
        return matcher.matches() ? WorkspaceId.find("ws_" + matcher.group(1)) : Optional.empty();
    }

    /** Of the claim that is a home, and of the pods that make its folder. */
    static String home(WorkspaceId id) {
        return "home-" + characters(id);
    }

    /** Of the record of a server's last ending. */
    static String ending(WorkspaceId id) {
        return "ws-" + characters(id) + "-ending";
    }

    /** Of a home's folder; ids are never used again, so neither is a folder. */
    static String folder(Slug slug, WorkspaceId id) {
        return slug + "-" + characters(id);
    }

    /** Of the pod that tries an image. */
    static String probe(ImageReference image) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(image.value().getBytes(StandardCharsets.UTF_8));
            return "image-probe-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String characters(WorkspaceId id) {
        return id.value().substring("ws_".length());
    }

    /** @param setting the last part of the setting's name, for the sentence */
    static void require(String name, String setting) {
        if (!LABEL.matcher(name).matches()) {
            throw new IllegalArgumentException("benchtop.kubernetes." + setting
                    + " must be a name of lower-case letters, digits, hyphens and dots, not \"" + name + "\"");
        }
    }
}
