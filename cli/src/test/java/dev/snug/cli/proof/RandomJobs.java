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

    /**
     * The arguments of {@code count} jobs, speech and pictures in turn; the pictures are written
     * into {@code folder}, and so are the answers.
     */
    static List<List<String>> of(long seed, int count, Path folder) throws IOException {
        RandomJobs jobs = new RandomJobs(seed, folder);
        List<List<String>> all = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            all.add(number % 2 == 0 ? jobs.speech() : jobs.picture(number));
        }
        return all;
    }

    /** Some settings are the user's, others the plan's. */
    private List<String> speech() {
        String text =
                IntStream.range(0, spread(WORDS_MIN, WORDS_MAX))
                        .mapToObj(_ -> WORDS.get(random.nextInt(WORDS.size())))
                        .collect(Collectors.joining(" "));
        List<String> line = new ArrayList<>(List.of("speak", text, "-m", "snug-vi"));
        line.addAll(List.of("-o", "job.wav", "--steps=" + (1 + random.nextInt(8))));
        if (random.nextBoolean()) {
            line.add("--threads=" + (1 + random.nextInt(2)));
        }
        if (random.nextBoolean()) {
            line.add("--weights=" + (random.nextBoolean() ? "mapped" : "prepacked"));
        }
        if (random.nextBoolean()) {
            line.add("--arena=" + (random.nextBoolean() ? "on" : "off"));
        }
        return line;
    }

    private List<String> picture(int number) throws IOException {
        String format = random.nextBoolean() ? "png" : "jpg";
        Path file = folder.resolve("picture-" + number + "." + format);
        write(file, format, spread(SIDE_MIN, SIDE_MAX), spread(SIDE_MIN, SIDE_MAX));
        List<String> line = new ArrayList<>(List.of("classify", file.toString(), "--explain"));
        line.addAll(List.of("-m", RealWork.CLASSIFIER, "-o", "job.png"));
        if (random.nextBoolean()) {
            int side = RealWork.SIDES.get(random.nextInt(RealWork.SIDES.size()));
            line.add("--picture-size=" + side);
        }
        return line;
    }

    /** A picture of slow changes. */
    static void write(Path file, String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x >> 3) * 0x010203 + (y >> 4));
            }
        }
        if (!ImageIO.write(image, format, file.toFile())) {
            throw new IOException("no writer for " + format);
        }
    }

    private int spread(int least, int most) {
        return (int) Math.round(least * Math.pow((double) most / least, random.nextDouble()));
    }
}
