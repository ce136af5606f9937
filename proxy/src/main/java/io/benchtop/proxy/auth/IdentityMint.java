package io.benchtop.proxy.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.benchtop.proxy.routing.RouteEntry;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the header by which a server believes who is asking: a JWT signed with the key of that one server, valid for a
 * minute. A server knows its own key, so the header proves something to that server only.
 */
public final class IdentityMint {

    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    private static final long LIFETIME_SECONDS = 60;

    private final Gson gson = new Gson();

    /** The whole header line, line break included. */
    public byte[] headerLine(Principal who, RouteEntry entry, long nowMillis) {
        JsonObject claims = new JsonObject();
        claims.addProperty("iss", "benchtop-proxy");
        claims.addProperty("aud", entry.route().audience());
        claims.addProperty("sub", who.user());
        claims.addProperty("name", who.displayName());
        claims.addProperty("role", who.isViewer() ? "viewer" : "owner");
        claims.addProperty("amr", who.kind() == Principal.Kind.SESSION ? "session" : "api");
        claims.addProperty("iat", nowMillis / 1000);
        claims.addProperty("exp", nowMillis / 1000 + LIFETIME_SECONDS);
        String signed = HEADER + "." + encode(gson.toJson(claims));
        String line = "X-Benchtop-Identity: " + signed + "." + sign(signed, entry.identityKey()) + "\r\n";
        return line.getBytes(ISO_8859_1);
    }

    private static String sign(String text, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(text.getBytes(ISO_8859_1)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
