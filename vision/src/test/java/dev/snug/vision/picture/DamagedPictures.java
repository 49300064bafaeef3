package dev.snug.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assertions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Golden pictures with cuts, repeats, or one to eight damaged bytes, the same for the same seed.
 *
 * @param sources whole pictures
 * @param areHeadsHit whether half of the damaged bytes stand in headers, where they cost most
 */
record DamagedPictures(List<Path> sources, boolean areHeadsHit) {
    static final Duration ENOUGH = Duration.ofSeconds(5);
    private static final int COUNT = 500;

    DamagedPictures {
        sources = List.copyOf(sources);
    }

    /** Each ends in time in a picture, or in a refusal with its name; how many were refused. */
    int refused(Random random, Path folder) throws IOException {
        int refused = 0;
        for (int i = 0; i < COUNT; i++) {
            Path source = sources.get(random.nextInt(sources.size()));
            byte[] damaged = damage(Files.readAllBytes(source), random);
            Path file = Files.write(folder.resolve("picture"), damaged);
            try {
                assertThat(decodeInTime(file).width()).isPositive();
            } catch (PictureException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
                refused++;
            }
        }
        return refused;
    }

    static Picture decodeInTime(Path file) {
        return Assertions.assertTimeout(ENOUGH, () -> Golden.decode(file));
    }

    private byte[] damage(byte[] file, Random random) {
        int place = random.nextInt(file.length);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(file, place);
            case 1 -> {
                int length = random.nextInt(1 + Math.min(64, file.length - place));
                byte[] longer = Arrays.copyOf(file, file.length + length);
                System.arraycopy(file, place, longer, place + length, file.length - place);
                yield longer;
            }
            default -> {
                boolean isHead = areHeadsHit && random.nextBoolean();
                int most = isHead ? Math.min(64, file.length) : file.length;
                for (int n = 1 + random.nextInt(8); n > 0; n--) {
                    file[random.nextInt(most)] = (byte) random.nextInt(256);
                }
                yield file;
            }
        };
    }
}
