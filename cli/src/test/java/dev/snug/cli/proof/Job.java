package dev.snug.cli.proof;

import dev.snug.onnx.format.ModelReader;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.plan.MemoryModel;
import dev.snug.runtime.plan.Predicted;
import dev.snug.runtime.plan.Stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A job of either application, and the memory that is predicted for it. */
sealed interface Job {
    /** What the program holds beside the stage that peaks; {@link MemoryModel} has the measure. */
    long PROGRAM_BYTES = 21L << 20;

    /** The command's arguments. */
    List<String> arguments();

    /** The most that its stages take, with the program around them. */
    Predicted predicted(Command command) throws IOException, InterruptedException;

    /** The hard limit that it is planned to end under. */
    default long limitBytes(Predicted predicted) {
        return predicted.residentBytes();
    }

    /**
     * Speech with the shipped voice.
     *
     * @param steps from noise to speech
     * @param isMapped whether the velocity's weights stay in their file
     */
    record Speech(String text, int steps, int threads, boolean isMapped, boolean arena)
            implements Job {
        @Override
        public List<String> arguments() {
            return List.of(
                    "speak",
                    text,
                    "-m",
                    "snug-vi",
                    "--steps=" + steps,
                    "--threads=" + threads,
                    "--weights=" + (isMapped ? "mapped" : "prepacked"),
                    "--arena=" + (arena ? "on" : "off"),
                    "-o",
                    "job.wav");
        }

        @Override
        public Predicted predicted(Command command) throws IOException, InterruptedException {
            List<String> dry = new ArrayList<>(arguments());
            dry.addAll(List.of("--dry-run", "--json"));
            dry.removeAll(List.of("-o", "job.wav"));
            String text = command.run(dry).out();
            byte[] json = text.getBytes(StandardCharsets.UTF_8);
            long frames = 0;
            long tokens = 0;
            Object chunks =
                    Objects.requireNonNull(Json.parseObject(json, "the plan").get("chunks"));
            for (Object chunk : (List<?>) chunks) {
                Fields fields = new Fields(castObject(chunk), "a chunk");
                frames = Math.max(frames, fields.whole("frames"));
                tokens = Math.max(tokens, fields.whole("tokens"));
            }
            Map<String, Long> sizes =
                    Map.of("frames", frames, "patches", (frames + 1) / 2, "tokens", tokens);
            Stage.Settings once = new Stage.Settings(threads, true, false);
            Stage.Settings sampled = new Stage.Settings(threads, isMapped, arena);
            return Stream.of(
                            predicted("text", sizes, 2, once),
                            predicted("velocity", sizes, steps, sampled),
                            predicted("vocoder", sizes, 1, once))
                    .max(Comparator.comparingLong(Predicted::residentBytes))
                    .orElseThrow();
        }

        @SuppressWarnings("unchecked")
        private static Map<String, Object> castObject(Object value) {
            return (Map<String, Object>) value;
        }

        private static Predicted predicted(
                String graph, Map<String, Long> sizes, int runs, Stage.Settings settings)
                throws IOException {
            Path file = RealWork.VOICE_MODEL.resolve(graph + ".onnx");
            return MemoryModel.predict(
                    Stage.of(ModelReader.read(file), sizes, runs, settings), PROGRAM_BYTES);
        }
    }

    /**
     * One picture with a heat map.
     *
     * @param model a classifier that is installed with {@code side}
     * @param side of the model's input in pixels
     * @param pixels of the picture
     */
    record Picture(String model, Path file, long pixels, int side, int threads) implements Job {
        /** R, G, B: as decoded, and once more while rows are read. */
        private static final long BYTES_A_PIXEL = 6;

        @Override
        public List<String> arguments() {
            return List.of(
                    "classify",
                    file.toString(),
                    "-m",
                    model,
                    "--explain",
                    "--picture-size=" + side,
                    "--threads=" + threads,
                    "-o",
                    "job.png");
        }

        @Override
        public Predicted predicted(Command command) throws IOException {
            Stage.Settings settings = new Stage.Settings(threads, true, false);
            Path folder = command.home().resolve("models").resolve(model);
            try (Stream<Path> entries = Files.list(folder)) {
                Path copy =
                        entries.filter(
                                        entry ->
                                                entry.getFileName()
                                                        .toString()
                                                        .startsWith("optimized-"))
                                .findFirst()
                                .orElseThrow();
                return MemoryModel.predict(
                        Stage.of(
                                ModelReader.read(copy.resolve("explain-" + side + ".onnx")),
                                Map.of(),
                                1,
                                settings),
                        PROGRAM_BYTES + BYTES_A_PIXEL * pixels);
            }
        }
    }
}
