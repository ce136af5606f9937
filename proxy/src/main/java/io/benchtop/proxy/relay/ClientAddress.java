package io.benchtop.proxy.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;

/** Where a request comes from; its text, which every upstream is told, is made once. */
final class ClientAddress {

    private final InetAddress address;
    private final byte[] text;

    ClientAddress(InetAddress address) {
        this.address = address;
        String written = address.getHostAddress();
        int scope = written.indexOf('%');
        this.text = (scope < 0 ? written : written.substring(0, scope)).getBytes(ISO_8859_1);
    }

    InetAddress address() {
        return address;
    }

    void writeTo(ByteBuf out) {
        out.writeBytes(text);
    }

    @Override
    public String toString() {
        return address.getHostAddress();
    }
}
