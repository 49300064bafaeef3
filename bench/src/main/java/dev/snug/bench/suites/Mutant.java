package dev.snug.bench.suites;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Damage to a file, the same for the same number. */
final class Mutant {
    private static final int FLIPS_MAX = 16;
    private static final int SLICE_MAX = 4096;

    /** Lengths and counts stand near the beginning; half of the damage is done there. */
    private static final int HEAD = 512;

    private Mutant() {}

    /** The damaged form {@code number} of {@code content}, which stays as it is. */
    static byte[] of(byte[] content, long number) {
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(number * 31 + content.length);
        if (content.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(content, random.nextInt(content.length));
            case 1 -> flipped(content.clone(), random);
            case 2 -> filled(content.clone(), random, (byte) 0xff);
            case 3 -> filled(content.clone(), random, (byte) 0);
            default -> repeated(content, random);
        };
    }

    private static byte[] flipped(byte[] content, RandomGenerator random) {
        int flips = random.nextInt(1, FLIPS_MAX + 1);
        for (int i = 0; i < flips; i++) {
            content[place(content, random)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        }
        return content;
    }

    /** One to eight bytes, as long as the fields that say lengths. */
    private static byte[] filled(byte[] content, RandomGenerator random, byte value) {
        int from = place(content, random);
        Arrays.fill(content, from, Math.min(content.length, from + random.nextInt(1, 9)), value);
        return content;
    }

    /** With a slice of it twice. */
    private static byte[] repeated(byte[] content, RandomGenerator random) {
        int from = place(content, random);
        int count = Math.min(content.length - from, random.nextInt(1, SLICE_MAX));
        byte[] longer = new byte[content.length + count];
        System.arraycopy(content, 0, longer, 0, from + count);
        System.arraycopy(content, from, longer, from + count, content.length - from);
        return longer;
    }

    private static int place(byte[] content, RandomGenerator random) {
        boolean isHead = random.nextBoolean();
        return random.nextInt(isHead ? Math.min(HEAD, content.length) : content.length);
    }
}
