package io.benchtop.service.endpoint;

import io.benchtop.service.identity.KeyedHash;

/** The secrets of endpoints. */
public final class ServingKeys {

    private final KeyedHash secrets;

    public ServingKeys(byte[] secret) {
        this.secrets = new KeyedHash(secret);
    }

    /** What the proxy shows the model-servers of an arm, so that they answer nobody else. */
    public String serving(ArmId arm) {
        return secrets.text("serving " + arm);
    }

    /** Signs the cookies that keep a browser with its version; base64url of 32 bytes. */
    String cookie(EndpointId endpoint) {
        return secrets.text("cookie " + endpoint);
    }
}
