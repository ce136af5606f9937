package io.benchtop.proxy.serving;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.benchtop.api.routing.EndpointRoute;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The cookie by which a browser stays with its arm: {@code ws_exp_<endpoint>=<id>.<HMAC-SHA256 of endpoint and id>}. The
 * signature keeps a visitor from choosing an arm by trying ids until one falls where it wants.
 */
final class StickyCookie {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_BYTES = 16;
    private static final int ID_LENGTH = 22;
    private static final int SIGNATURE_LENGTH = 43;
    private static final int MAX_AGE_SECONDS = 90 * 24 * 3600;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final String endpoint;
    private final String name;
    private final SecretKeySpec key;

    /** For a route whose cookies are switched on. */
    StickyCookie(EndpointRoute route) {
        this.endpoint = route.name();
        this.name = "ws_exp_" + endpoint;
        this.key = new SecretKeySpec(
                Base64.getUrlDecoder().decode(String.valueOf(route.sticky().cookieKey())), ALGORITHM);
    }

    static String freshId(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return ENCODER.encodeToString(id);
    }

    /** Whether the line has a cookie of the name, right or not. */
    boolean isIn(String cookies) {
        return cookies.contains(name + "=");
    }

    /** The id of the first cookie of the line that we signed for this endpoint, or null. */
    @Nullable
    String idIn(String cookies) {
        for (int from = 0; from < cookies.length(); ) {
            int semicolon = cookies.indexOf(';', from);
            int end = semicolon < 0 ? cookies.length() : semicolon;
            String id = idOf(cookies.substring(from, end).strip());
            if (id != null) {
                return id;
            }
            from = end + 1;
        }
        return null;
    }

    private @Nullable String idOf(String pair) {
        int start = name.length() + 1;
        boolean shaped = pair.length() == start + ID_LENGTH + 1 + SIGNATURE_LENGTH
                && pair.startsWith(name)
                && pair.charAt(start - 1) == '='
                && pair.charAt(start + ID_LENGTH) == '.';
        if (!shaped) {
            return null;
        }
        String id = pair.substring(start, start + ID_LENGTH);
        byte[] given = pair.substring(start + ID_LENGTH + 1).getBytes(US_ASCII);
        return MessageDigest.isEqual(signature(id).getBytes(US_ASCII), given) ? id : null;
    }

    /** The value of the {@code Set-Cookie} header. */
    String setting(String id, boolean secure) {
        return name + "=" + id + "." + signature(id) + "; Path=/serve/" + endpoint + "/; Max-Age=" + MAX_AGE_SECONDS
                + "; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }

    private String signature(String id) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return ENCODER.encodeToString(mac.doFinal((endpoint + "." + id).getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
