package dev.snug.cli;

import dev.snug.runtime.bundle.Configuration;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Reference;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.picture.ColorMap;
import dev.snug.vision.picture.Overlay;
import dev.snug.vision.picture.Picture;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The options that say which configurations are measured. */
final class MeasureOptions {
    /** Seconds of one chunk, recording included, where none are named. */
    private static final double SECONDS = 8;

    private static final double FRAMES_A_SECOND =
            Reference.SAMPLE_RATE / (double) Reference.HOP_SAMPLES;

    /** What is spoken: how long it lasts is fixed, so the words do not count. */
    static final String TEXT = "Xin chào các bạn.";

    /** Pictures in one run: the first warms up, the others weigh more than it. */
    static final int PICTURES = 5;

    /** Sides of the picture that is made where none is given: a phone's preview. */
    static final int WIDTH = 1024;

    static final int HEIGHT = 768;

    @Option(
            names = "--seconds",
            paramLabel = "LIST",
            split = ",",
            description = "Speech: seconds of a chunk, recording included. Default: 8.")
    private List<Double> seconds = List.of();

    @Option(
            names = "--frames",
            paramLabel = "LIST",
            split = ",",
            description = "Speech: the same in mel frames, 93.75 a second.")
    private List<Integer> frames = List.of();

    @Option(names = "--steps", paramLabel = "N", description = "Speech: steps from noise to mel.")
    private @Nullable Integer steps;

    @Option(
            names = "--picture-size",
            paramLabel = "LIST",
            split = ",",
            description = "Pictures: sides of the model's input. Default: the model's own.")
    private List<Integer> sides = List.of();

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "Pictures: the one to answer. Default: one of 1024x768 that is made.")
    private @Nullable Path picture;

    @Option(
            names = "--threads",
            paramLabel = "LIST",
            split = ",",
            description = "Threads of one operator. Default: 1.")
    private List<Integer> threads = List.of(1);

    /** Checks ranges; what a model does not have is refused by the command that is measured. */
    void check() {
        int configurations = Math.max(1, seconds.size() + frames.size()) * threads.size();
        if (configurations > MeasureCommand.RUNS_MAX || sides.size() > MeasureCommand.RUNS_MAX) {
            throw new UsageException(
                    "%d configurations; %d are allowed at once"
                            .formatted(configurations, MeasureCommand.RUNS_MAX));
        }
        for (double each : seconds) {
            requireFrames("--seconds " + each, each * FRAMES_A_SECOND);
        }
        for (int each : frames) {
            requireFrames("--frames " + each, each);
        }
        for (int each : threads) {
            if (each < 1) {
                throw new UsageException(
                        "--threads must be 1 or more, not "
                                + each
                                + ": figures of any number are figures of none");
            }
        }
    }

    private static void requireFrames(String option, double frames) {
        // Written so that NaN fails too.
        if (!(frames >= 1 && frames <= Chunk.FRAMES_MAX)) {
            throw new UsageException(
                    "%s is outside 1 to %d mel frames (%.1f s)"
                            .formatted(
                                    option, Chunk.FRAMES_MAX, Chunk.FRAMES_MAX / FRAMES_A_SECOND));
        }
    }

    /** Checks that nothing is listed that the knob report goes through itself. */
    void checkKnobs() {
        if (seconds.size() > 1 || !frames.isEmpty() || !sides.isEmpty()) {
            throw new UsageException(
                    "--knobs goes through lengths and sizes itself: give one length with --seconds,"
                            + " and leave out --frames and --picture-size");
        }
        if (!threads.equals(List.of(1))) {
            throw new UsageException("--knobs goes through --threads itself; leave it out");
        }
    }

    /** Seconds of the chunk that the knob report begins with. */
    double knobSeconds() {
        return seconds.isEmpty() ? SECONDS : seconds.getFirst();
    }

    /** Steps, where they were given. */
    OptionalInt steps() {
        return steps == null ? OptionalInt.empty() : OptionalInt.of(steps);
    }

    /** The picture that was given, or one that is made in {@code folder}. */
    Path picture(Path folder) {
        return picture == null ? made(folder) : picture;
    }

    /**
     * What is to be run of {@code model}.
     *
     * @param folder for what the commands read and write
     */
    List<MeasuredJob> jobs(Manifest model, Path folder) {
        return switch (model.kind()) {
            case SpeechSettings.KIND -> {
                requireUnset("--picture-size", !sides.isEmpty(), model);
                requireUnset("--picture", picture != null, model);
                yield speech(model, folder);
            }
            case ClassifierImport.KIND -> {
                requireUnset("--seconds", !seconds.isEmpty(), model);
                requireUnset("--frames", !frames.isEmpty(), model);
                requireUnset("--steps", steps != null, model);
                yield pictures(model, folder);
            }
            default ->
                    throw new UsageException(
                            "%s is of kind %s, which cannot be measured"
                                    .formatted(model.name(), model.kind()));
        };
    }

    private static void requireUnset(String option, boolean isSet, Manifest model) {
        if (isSet) {
            throw new UsageException(
                    "%s does not fit %s, a model of kind %s"
                            .formatted(option, model.name(), model.kind()));
        }
    }

    private List<MeasuredJob> speech(Manifest model, Path folder) {
        List<Integer> lengths =
                Stream.concat(frames.stream(), seconds.stream().map(MeasureOptions::frames))
                        .distinct()
                        .toList();
        if (lengths.isEmpty()) {
            lengths = List.of(frames(SECONDS));
        }
        List<MeasuredJob> jobs = new ArrayList<>();
        for (int length : lengths) {
            for (int count : threads) {
                jobs.add(speaking(model, folder, length, count));
            }
        }
        return jobs;
    }

    /** Whole mel frames in {@code seconds}. */
    static int frames(double seconds) {
        return (int) (seconds * FRAMES_A_SECOND);
    }

    /** The middle of the last frame: whatever way a family rounds, the frames are these. */
    static String fixedSeconds(int frames) {
        return String.format(Locale.ROOT, "%.5f", (frames + 0.5) / FRAMES_A_SECOND);
    }

    private MeasuredJob speaking(Manifest model, Path folder, int length, int count) {
        String fixed = fixedSeconds(length);
        Configuration configuration =
                Configuration.of("speak")
                        .with("frames", length)
                        .with("threads", count)
                        .with("weights", "mapped")
                        .with("arena", "on");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "speak",
                                TEXT,
                                "--model=" + model.name(),
                                "--seed=1",
                                "--fix-duration=" + fixed,
                                "--threads=" + count,
                                "--weights=mapped",
                                "--arena=on",
                                "--json",
                                "--output=" + folder.resolve("speech.wav")));
        if (steps != null) {
            arguments.add("--steps=" + steps);
            configuration = configuration.with("steps", steps);
        }
        return new MeasuredJob(configuration, arguments, "velocity", 0);
    }

    private List<MeasuredJob> pictures(Manifest model, Path folder) {
        Path file = picture(folder);
        List<Integer> asked =
                sides.isEmpty()
                        ? model.graphs("classify").stream()
                                .map(Manifest.GraphEntry::inputSize)
                                .flatMap(size -> size == null ? Stream.empty() : Stream.of(size))
                                .map(Manifest.InputSize::height)
                                .distinct()
                                .limit(1)
                                .toList()
                        : sides;
        List<MeasuredJob> jobs = new ArrayList<>();
        for (int side : asked) {
            for (int count : threads) {
                for (boolean explains : List.of(false, true)) {
                    jobs.add(answering(model, folder, file, side, count, explains));
                }
            }
        }
        return jobs;
    }

    private static MeasuredJob answering(
            Manifest model, Path folder, Path file, int side, int count, boolean explains) {
        List<String> arguments = new ArrayList<>(List.of("classify"));
        IntStream.range(0, PICTURES).forEach(_ -> arguments.add(file.toString()));
        arguments.addAll(
                List.of(
                        "--model=" + model.name(),
                        "--threads=" + count,
                        "--picture-size=" + side,
                        "--json"));
        if (explains) {
            arguments.add("--output=" + folder.resolve("maps") + "/");
        }
        Configuration configuration =
                Configuration.of(explains ? "explain" : "classify")
                        .with("side", side)
                        .with("threads", count);
        return new MeasuredJob(configuration, arguments, "run", PICTURES);
    }

    /** A picture of soft waves, so that decoding and the heat map have something to do. */
    private static Path made(Path folder) {
        byte[] rgb = new byte[WIDTH * HEIGHT * Picture.CHANNELS];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = i / Picture.CHANNELS;
            double column = pixel % WIDTH;
            double row = Math.floorDiv(pixel, WIDTH);
            double wave = Math.sin(column / 37) + Math.cos(row / 23);
            rgb[i] = (byte) (128 + 50 * wave);
        }
        Picture waves = new Picture(WIDTH, HEIGHT, rgb);
        Overlay plain = new Overlay(waves, new float[] {0}, 1, 1, ColorMap.VIRIDIS);
        Path file = folder.resolve("picture.png");
        WholeFile.write(file, plain::writePng);
        return file;
    }
}
