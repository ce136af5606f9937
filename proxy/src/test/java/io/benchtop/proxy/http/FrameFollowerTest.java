package io.benchtop.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class FrameFollowerTest {

    private static ByteBuf frame(int opcode, int length) {
        ByteBuf frame = Unpooled.buffer().writeByte(0x80 | opcode);
        if (length < 126) {
            frame.writeByte(0x80 | length);
        } else if (length < 65_536) {
            frame.writeByte(0x80 | 126).writeShort(length);
        } else {
            frame.writeByte(0x80 | 127).writeLong(length);
        }
        // The payload looks like a text frame, so that losing count would be noticed.
        return frame.writeInt(0x01020304).writeBytes(new byte[] {(byte) 0x81}).writeZero(Math.max(length - 1, 0));
    }

    @Test
    void dataFramesAreSeenAndControlFramesAreNot() {
        // Given
        FrameFollower follower = new FrameFollower();

        // When / Then
        assertThat(follower.sawData(frame(0xA, 5))).isFalse();
        assertThat(follower.sawData(frame(0x1, 5))).isTrue();
        assertThat(follower.sawData(frame(0x9, 100))).isFalse();
        assertThat(follower.sawData(frame(0x2, 300))).isTrue();
        assertThat(follower.sawData(frame(0x8, 2))).isFalse();
        assertThat(follower.sawData(frame(0x0, 70_000))).isTrue();
        assertThat(follower.sawData(frame(0xA, 1))).isFalse();
    }

    @Test
    void theCountIsKeptHoweverTheBytesAreSplit() {
        for (int length : new int[] {1, 125, 126, 65_535, 65_536}) {
            // Given
            FrameFollower follower = new FrameFollower();
            ByteBuf data = frame(0x2, length);
            boolean seen = false;

            // When
            while (data.isReadable()) {
                seen |= follower.sawData(data.readSlice(Math.min(3, data.readableBytes())));
            }

            // Then
            assertThat(seen).isTrue();
            assertThat(follower.sawData(frame(0xA, 4))).isFalse();
        }
    }
}
