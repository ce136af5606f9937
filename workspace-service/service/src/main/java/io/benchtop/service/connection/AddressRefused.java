package io.benchtop.service.connection;

import java.net.UnknownHostException;

/** Thrown in the middle of a driver by our own sockets and resolvers; its message is {@link NetworkPolicy#refusal}'s sentence. */
public final class AddressRefused extends UnknownHostException {

    public AddressRefused(String sentence) {
        super(sentence);
    }
}
