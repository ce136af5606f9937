package io.benchtop.api.routing;

/**
 * MurmurHash3_x86_32 of Austin Appleby's public specification: fast, well spread, and found in every language, so that
 * whoever analyses an experiment can tell from a key which bucket it fell into. Not for secrets.
 */
public final class Murmur3 {

    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private Murmur3() {}

    public static int hash32(byte[] data, int seed) {
        int hash = seed;
        int blocks = data.length & ~3;
        for (int i = 0; i < blocks; i += 4) {
            int block = (data[i] & 0xff)
                    | (data[i + 1] & 0xff) << 8
                    | (data[i + 2] & 0xff) << 16
                    | (data[i + 3] & 0xff) << 24;
            hash = Integer.rotateLeft(hash ^ mixed(block), 13) * 5 + 0xe6546b64;
        }
        int tail = 0;
        for (int i = data.length - 1; i >= blocks; i--) {
            tail = tail << 8 | (data[i] & 0xff);
        }
        return finished(hash ^ mixed(tail) ^ data.length);
    }

    private static int mixed(int block) {
        return Integer.rotateLeft(block * C1, 15) * C2;
    }

    private static int finished(int hash) {
        int h = (hash ^ hash >>> 16) * 0x85ebca6b;
        h = (h ^ h >>> 13) * 0xc2b2ae35;
        return h ^ h >>> 16;
    }
}
