package io.benchtop.proxy.http;

import java.util.Locale;

/**
 * The header fields that the proxy treats in a special way; all others are {@link #OTHER} and pass.
 *
 * <p>Names are folded before the look-up: case, and {@code _} to {@code -}, because many servers hand both spellings to
 * an application as one variable. A known name that was written with an underscore is {@link #FORGED}: nobody honest
 * sends it.
 */
public enum FieldName {
    OTHER(Scope.END_TO_END),
    /** A name by which the inside tells who or where a request is from; from the outside it is always removed. */
    FORGED(Scope.HOP),

    CONNECTION(Scope.HOP),
    KEEP_ALIVE(Scope.HOP),
    PROXY_CONNECTION(Scope.HOP),
    PROXY_AUTHORIZATION(Scope.HOP),
    PROXY_AUTHENTICATE(Scope.HOP),
    TE(Scope.HOP),
    TRAILER(Scope.HOP),
    UPGRADE(Scope.HOP),
    HTTP2_SETTINGS(Scope.HOP),
    /** Read when a trusted peer sends it, and always replaced by ours. */
    X_FORWARDED_FOR(Scope.HOP),

    TRANSFER_ENCODING(Scope.END_TO_END),
    CONTENT_LENGTH(Scope.END_TO_END),
    CONTENT_TYPE(Scope.END_TO_END),
    CONTENT_ENCODING(Scope.END_TO_END),
    CONTENT_RANGE(Scope.END_TO_END),
    HOST(Scope.END_TO_END),
    EXPECT(Scope.END_TO_END),
    COOKIE(Scope.END_TO_END),
    AUTHORIZATION(Scope.END_TO_END),
    ORIGIN(Scope.END_TO_END),
    REFERER(Scope.END_TO_END),
    USER_AGENT(Scope.END_TO_END),
    ACCEPT(Scope.END_TO_END),
    ACCEPT_ENCODING(Scope.END_TO_END),
    RANGE(Scope.END_TO_END),
    IF_MATCH(Scope.END_TO_END),
    IF_NONE_MATCH(Scope.END_TO_END),
    IF_MODIFIED_SINCE(Scope.END_TO_END),
    IF_UNMODIFIED_SINCE(Scope.END_TO_END),
    IF_RANGE(Scope.END_TO_END),
    SEC_FETCH_SITE(Scope.END_TO_END),
    SEC_FETCH_MODE(Scope.END_TO_END),
    SEC_FETCH_DEST(Scope.END_TO_END),
    SEC_WEBSOCKET_KEY(Scope.END_TO_END),
    SEC_WEBSOCKET_VERSION(Scope.END_TO_END),
    SEC_WEBSOCKET_PROTOCOL(Scope.END_TO_END),
    SEC_WEBSOCKET_ACCEPT(Scope.END_TO_END),
    SEC_WEBSOCKET_EXTENSIONS(Scope.END_TO_END),
    X_CSRF_TOKEN(Scope.END_TO_END),
    X_XSRFTOKEN(Scope.END_TO_END),
    IDEMPOTENCY_KEY(Scope.END_TO_END),
    INFERENCE_HEADER_CONTENT_LENGTH(Scope.END_TO_END),
    X_MODEL_VERSION(Scope.END_TO_END),
    X_EXPERIMENT_ARM(Scope.END_TO_END),

    CACHE_CONTROL(Scope.END_TO_END),
    DATE(Scope.END_TO_END),
    ETAG(Scope.END_TO_END),
    LAST_MODIFIED(Scope.END_TO_END),
    LOCATION(Scope.END_TO_END),
    VARY(Scope.END_TO_END),
    ACCEPT_RANGES(Scope.END_TO_END),
    CONTENT_SECURITY_POLICY(Scope.END_TO_END),
    X_CONTENT_TYPE_OPTIONS(Scope.END_TO_END),
    WWW_AUTHENTICATE(Scope.END_TO_END),

    SET_COOKIE(Scope.ORIGIN_WIDE),
    CLEAR_SITE_DATA(Scope.ORIGIN_WIDE),
    SERVICE_WORKER_ALLOWED(Scope.ORIGIN_WIDE),
    STRICT_TRANSPORT_SECURITY(Scope.ORIGIN_WIDE),
    ALT_SVC(Scope.ORIGIN_WIDE);

    /** How far a field may travel. */
    private enum Scope {
        END_TO_END,
        /** Concerns one connection only. */
        HOP,
        /** From a server it would change the whole site, which it shares with others. */
        ORIGIN_WIDE
    }

    private static final String[] FORGED_PREFIXES = {
        "x-benchtop-", "x-forwarded-", "x-auth-", "x-original-", "x-remote-", "x-accel-"
    };
    private static final String[] FORGED_NAMES = {
        "forwarded", "x-forwarded", "x-real-ip", "x-remote-user", "remote-user", "kubeflow-userid", "x-request-id"
    };
    private static final int SLOTS = 512;
    private static final FieldName[] TABLE = new FieldName[SLOTS];
    private static final String[] KEYS = new String[SLOTS];

    static {
        for (FieldName name : values()) {
            if (name != OTHER && name != FORGED) {
                put(name.name().toLowerCase(Locale.ROOT).replace('_', '-'), name);
            }
        }
        for (String forged : FORGED_NAMES) {
            put(forged, FORGED);
        }
    }

    private final Scope scope;

    FieldName(Scope scope) {
        this.scope = scope;
    }

    /** Concerns one connection, or is forged: never forwarded. */
    public boolean isHop() {
        return scope == Scope.HOP;
    }

    /** Known and end to end, so that a sender's {@code Connection} list cannot have it removed. */
    public boolean isProtected() {
        return this != OTHER && scope != Scope.HOP;
    }

    /** Affects the whole origin when a server sends it. */
    public boolean isOriginWide() {
        return scope == Scope.ORIGIN_WIDE;
    }

    /** The field with the name in this range. */
    static FieldName of(byte[] bytes, int start, int end) {
        int hash = 0;
        boolean underscore = false;
        for (int i = start; i < end; i++) {
            hash = hash * 31 + fold(bytes[i]);
            underscore |= bytes[i] == '_';
        }
        for (int slot = slot(hash); KEYS[slot] != null; slot = (slot + 1) & (SLOTS - 1)) {
            if (folded(bytes, start, end, KEYS[slot])) {
                return underscore ? FORGED : TABLE[slot];
            }
        }
        return hasForgedPrefix(bytes, start, end) ? FORGED : OTHER;
    }

    private static boolean hasForgedPrefix(byte[] bytes, int start, int end) {
        if (end - start < 7 || fold(bytes[start]) != 'x') {
            return false;
        }
        for (String prefix : FORGED_PREFIXES) {
            if (end - start >= prefix.length() && folded(bytes, start, start + prefix.length(), prefix)) {
                return true;
            }
        }
        return false;
    }

    private static boolean folded(byte[] bytes, int start, int end, String key) {
        if (end - start != key.length()) {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            if (fold(bytes[start + i]) != key.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int fold(byte b) {
        return b == '_' ? '-' : Ascii.lower(b);
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 9)) & (SLOTS - 1);
    }

    private static void put(String key, FieldName name) {
        int slot = slot(key.hashCode());
        while (KEYS[slot] != null) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        KEYS[slot] = key;
        TABLE[slot] = name;
    }
}
