package io.benchtop.proxy.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The differential fuzz: the same bytes, split at random points, go through our head parser and framing and through
 * Netty's decoder. For every message that ours accepts, Netty must see the same method, target and body length. Ours may
 * always refuse more. Seeds are fixed, so a failure repeats; its message holds the input.
 */
class HeadsAgainstNettyTest {

    private static final int ROUNDS = 5_000;
    private static final String[] SEEDS = {
        "GET /a?b=c HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n",
        "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\nhello world",
        "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1a\r\n"
                + "abcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n",
        "PUT /t HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n",
        "DELETE /d HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "OPTIONS /o HTTP/1.0\r\nHost: h\r\n\r\n",
    };
    private static final String[] PIECES = {
        "\r",
        "\n",
        "\r\n",
        " ",
        "\t",
        ":",
        ";",
        ",",
        "\0",
        "0",
        "1",
        "f",
        "x",
        "-",
        "+",
        "\"",
        "_",
        "\u00ff",
        "\u000b",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "chunked",
        "Host: x\r\n",
        "\r\n\r\n",
        "0\r\n\r\n",
        "GET / HTTP/1.1\r\n",
        ";a=b",
        " HTTP/1.1",
        "content-length:5\r\n",
    };

    /** One message as one of the two saw it. */
    private record Seen(String method, String target, long bodyBytes) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatWeAcceptNettyReadsTheSameWay(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            byte[] input = mutated(random);

            // When
            List<Seen> ours = ours(input, random);
            List<Seen> theirs = netty(input, random);

            // Then
            assertThat(theirs.subList(0, Math.min(ours.size(), theirs.size())))
                    .as(() -> "input: " + printable(input))
                    .isEqualTo(ours);
        }
    }

    private static byte[] mutated(Random random) {
        StringBuilder text = new StringBuilder();
        int messages = 1 + random.nextInt(3);
        for (int i = 0; i < messages; i++) {
            text.append(SEEDS[random.nextInt(SEEDS.length)]);
        }
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.setCharAt(at, (char) random.nextInt(256));
                default -> {
                    int end = Math.min(text.length(), at + 1 + random.nextInt(12));
                    text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
                }
            }
        }
        return text.toString().getBytes(ISO_8859_1);
    }

    /** The whole messages that ours accepts before it refuses or the bytes end. */
    private static List<Seen> ours(byte[] input, Random random) {
        List<Seen> seen = new ArrayList<>();
        ByteBuf all = Unpooled.wrappedBuffer(input);
        RequestHead head = new RequestHead();
        BodyFraming body = new BodyFraming();
        try {
            while (all.isReadable()) {
                skipEmptyLine(all);
                byte[] scratch = Arrays.copyOf(rest(all), all.readableBytes() + 64);
                int length = HeadEnd.find(scratch, 0, all.readableBytes());
                if (length < 0) {
                    return seen;
                }
                head.parse(scratch, length);
                all.skipBytes(length);
                head.frame(body);
                long bytes = readBody(all, body, head.isChunked(), random);
                if (!body.isDone()) {
                    return seen;
                }
                seen.add(new Seen(head.method(), head.target(), bytes));
            }
        } catch (BadMessageException e) {
            return seen;
        }
        return seen;
    }

    private static void skipEmptyLine(ByteBuf all) {
        if (all.readableBytes() >= 2 && all.getShort(all.readerIndex()) == 0x0d0a) {
            all.skipBytes(2);
        }
    }

    private static long readBody(ByteBuf all, BodyFraming body, boolean chunked, Random random)
            throws BadMessageException {
        ByteBuf raw = Unpooled.buffer();
        while (!body.isDone() && all.isReadable()) {
            int piece = Math.min(all.readableBytes(), 1 + random.nextInt(9));
            int taken = body.take(all.slice(all.readerIndex(), piece));
            raw.writeBytes(all, taken);
        }
        return chunked && body.isDone() ? dataBytes(raw.toString(ISO_8859_1)) : raw.readableBytes();
    }

    /** The data bytes of a well-formed chunked body. */
    private static long dataBytes(String raw) {
        long bytes = 0;
        int position = 0;
        while (true) {
            int end = raw.indexOf("\r\n", position);
            int size = Integer.parseInt(raw.substring(position, end), 16);
            if (size == 0) {
                return bytes;
            }
            bytes += size;
            position = end + 2 + size + 2;
        }
    }

    private static List<Seen> netty(byte[] input, Random random) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
        for (int position = 0; position < input.length; ) {
            int piece = Math.min(input.length - position, 1 + random.nextInt(40));
            channel.writeInbound(Unpooled.copiedBuffer(input, position, piece));
            position += piece;
        }
        List<Seen> seen = new ArrayList<>();
        HttpRequest current = null;
        long bytes = 0;
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof HttpRequest request) {
                current = request.decoderResult().isSuccess() ? request : null;
                bytes = 0;
            }
            if (message instanceof HttpContent content) {
                bytes += content.content().readableBytes();
                if (content.decoderResult().isFailure()) {
                    current = null;
                }
                if (message instanceof LastHttpContent && current != null) {
                    seen.add(new Seen(current.method().name(), current.uri(), bytes));
                    current = null;
                }
                content.release();
            }
        }
        channel.finishAndReleaseAll();
        return seen;
    }

    private static byte[] rest(ByteBuf all) {
        byte[] rest = new byte[all.readableBytes()];
        all.getBytes(all.readerIndex(), rest);
        return rest;
    }

    private static String printable(byte[] input) {
        return new String(input, ISO_8859_1)
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("\0", "\\0");
    }
}
