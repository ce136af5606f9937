package io.benchtop.proxy.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.api.routing.Murmur3;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors that are published with MurmurHash3_x86_32. */
class Murmur3Test {

    @ParameterizedTest
    @CsvSource({
        "'', 0, 0",
        "'', 1, 514e28b7",
        "'', ffffffff, 81f16f39",
        "test, 0, ba6bd213",
        "test, 9747b28c, 704b81dc",
        "'Hello, world!', 0, c0363e43",
        "'Hello, world!', 9747b28c, 24884cba",
        "The quick brown fox jumps over the lazy dog, 0, 2e4ff723",
        "The quick brown fox jumps over the lazy dog, 9747b28c, 2fa826cd",
        "aaaa, 9747b28c, 5a97808a",
        "aaa, 9747b28c, 283e0130",
        "aa, 9747b28c, 5d211726",
        "a, 9747b28c, 7fa09ea6",
        "abcd, 9747b28c, f0478627",
        "abc, 9747b28c, c84a62dd",
        "ab, 9747b28c, 74875592"
    })
    void textsHashAsPublished(String text, String seed, String expected) {
        assertThat(Murmur3.hash32(text.getBytes(UTF_8), Integer.parseUnsignedInt(seed, 16)))
                .isEqualTo(Integer.parseUnsignedInt(expected, 16));
    }

    @ParameterizedTest
    @CsvSource({
        "ffffffff, 0, 76293b50",
        "21436587, 0, f55b516b",
        "21436587, 5082edee, 2362f9de",
        "214365, 0, 7e4a8634",
        "2143, 0, a0f7b07a",
        "21, 0, 72661cf4",
        "00000000, 0, 2362f9de",
        "000000, 0, 85f0b427",
        "0000, 0, 30f4c306",
        "00, 0, 514e28b7"
    })
    void bytesHashAsPublished(String bytes, String seed, String expected) {
        assertThat(Murmur3.hash32(HexFormat.of().parseHex(bytes), Integer.parseUnsignedInt(seed, 16)))
                .isEqualTo(Integer.parseUnsignedInt(expected, 16));
    }
}
