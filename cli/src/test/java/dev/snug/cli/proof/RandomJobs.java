package dev.snug.cli.proof;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

/** Jobs of both applications with random sizes and settings; equal seeds make equal jobs. */
final class RandomJobs {
    /** Sizes are spread evenly over their logarithm: most real jobs are small. */
    private static final int WORDS_MIN = 1;

    private static final int WORDS_MAX = 60;
    private static final int SIDE_MIN = 64;
    private static final int SIDE_MAX = 2400;

    private static final int LARGE_WIDTH = 5000;
    private static final int LARGE_HEIGHT = 4000;

    private static final List<String> WORDS =
            List.of(
                    "trời", "hôm", "nay", "đẹp,", "chúng", "ta", "đi", "dạo", "buổi", "chiều.",
                    "gió", "thổi", "nhẹ", "qua", "hàng", "cây", "xanh.", "một", "người", "bạn");

    private final Random random;
    private final Path folder;

    private RandomJobs(long seed, Path folder) {
        this.random = new Random(seed);
        this.folder = folder;
    }

    /** {@code count} jobs, speech and pictures in turn; the pictures are written into a folder. */
    static List<Job> of(long seed, int count, Path folder) throws IOException {
        RandomJobs jobs = new RandomJobs(seed, folder);
        List<Job> all = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            all.add(number % 2 == 0 ? jobs.speech() : jobs.picture(number));
        }
        return all;
    }

    private Job speech() {
        String text =
                IntStream.range(0, spread(WORDS_MIN, WORDS_MAX))
                        .mapToObj(_ -> WORDS.get(random.nextInt(WORDS.size())))
                        .collect(Collectors.joining(" "));
        return new Job.Speech(
                text,
                1 + random.nextInt(8),
                1 + random.nextInt(2),
                random.nextBoolean(),
                random.nextBoolean());
    }

    /** The smallest picture. */
    static Job small(Path folder) throws IOException {
        return new RandomJobs(0, folder).picture(-2, SIDE_MIN, SIDE_MIN, "png");
    }

    /** One picture of {@link #LARGE_WIDTH} by {@link #LARGE_HEIGHT}. */
    static Job large(Path folder) throws IOException {
        return new RandomJobs(0, folder).picture(-1, LARGE_WIDTH, LARGE_HEIGHT, "png");
    }

    private Job picture(int number) throws IOException {
        return picture(
                number,
                spread(SIDE_MIN, SIDE_MAX),
                spread(SIDE_MIN, SIDE_MAX),
                random.nextBoolean() ? "png" : "jpg");
    }

    private Job picture(int number, int width, int height, String format) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x >> 3) * 0x010203 + (y >> 4));
            }
        }
        Path file = folder.resolve("picture-" + number + "." + format);
        if (!ImageIO.write(image, format, file.toFile())) {
            throw new IOException("no writer for " + format);
        }
        int side = RealWork.SIDES.get(random.nextInt(RealWork.SIDES.size()));
        return new Job.Picture(
                RealWork.CLASSIFIER, file, (long) width * height, side, 1 + random.nextInt(2));
    }

    private int spread(int least, int most) {
        return (int) Math.round(least * Math.pow((double) most / least, random.nextDouble()));
    }
}
