package dev.snug.vision.picture;

import dev.snug.vision.Npy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The golden pictures of {@code golden/pictures}, listed by the scripts that made them. */
final class Golden {
    private static final Pattern DECODE =
            Pattern.compile(
                    "\"file\": \"([^\"]+)\",\\s*\"expected\": \"([^\"]+)\",\\s*\"what\":"
                        + " \"([^\"]+)\"[^}]*?\"tolerance\": ([\\d.]+)(?:,\\s*\"mean_tolerance\":"
                        + " ([\\d.]+))?");
    private static final Pattern RESIZED =
            Pattern.compile(
                    "\"file\": \"((resize_[^.]+)\\.(lanczos|bilinear)_(\\d+)x(\\d+)\\.npy)\"");

    private Golden() {}

    record Decoded(String file, String expected, String what, double tolerance, double mean) {
        @Override
        public String toString() {
            return file + ": " + what;
        }
    }

    record Resized(String picture, String expected, String filter, int width, int height) {
        @Override
        public String toString() {
            return expected;
        }
    }

    static Stream<Decoded> decoded() {
        return Stream.concat(matches("index.json", DECODE), matches("formats.json", DECODE))
                .map(
                        row ->
                                new Decoded(
                                        row.group(1),
                                        row.group(2),
                                        row.group(3),
                                        Double.parseDouble(row.group(4)),
                                        row.group(5) == null
                                                ? 1
                                                : Double.parseDouble(row.group(5))));
    }

    static Stream<Resized> resized(String filter) {
        return matches("index.json", RESIZED)
                .filter(row -> row.group(3).equals(filter))
                .map(
                        row ->
                                new Resized(
                                        row.group(2) + ".png",
                                        row.group(1),
                                        filter,
                                        Integer.parseInt(row.group(4)),
                                        Integer.parseInt(row.group(5))));
    }

    private static Stream<MatchResult> matches(String index, Pattern pattern) {
        try {
            return pattern.matcher(Files.readString(picture(index))).results();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Npy npy(String name) {
        return Npy.read(picture(name));
    }

    static Path picture(String name) {
        return file("/golden/pictures/" + name);
    }

    static Path file(String resource) {
        try {
            URL url = Objects.requireNonNull(Golden.class.getResource(resource), resource);
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Picture decode(Path file) {
        return PictureDecoder.within(PictureLimits.DEFAULT).decode(file);
    }

    /** All pixels, read row by row. */
    static byte[] pixels(Picture picture) {
        byte[] all = new byte[3 * picture.width() * picture.height()];
        byte[] row = new byte[3 * picture.width()];
        for (int y = 0; y < picture.height(); y++) {
            picture.readRows(y, 1, row);
            System.arraycopy(row, 0, all, y * row.length, row.length);
        }
        return all;
    }

    /** The largest and the mean difference of levels. */
    static double[] difference(byte[] found, double[] wanted) {
        double most = 0;
        double sum = 0;
        for (int i = 0; i < found.length; i++) {
            double difference = Math.abs((found[i] & 0xff) - wanted[i]);
            most = Math.max(most, difference);
            sum += difference;
        }
        return new double[] {most, sum / found.length};
    }
}
