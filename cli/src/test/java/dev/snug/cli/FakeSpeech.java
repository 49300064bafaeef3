package dev.snug.cli;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.bundle.Measured;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.NetworksOpening;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.bundle.Voice;
import dev.snug.speech.network.ChunkLoad;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.GraphRun;
import dev.snug.speech.network.NetworkRuns;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.SpeechStage;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.Tokens;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A console with a speech model whose networks are simple: sound is a hundredth of the noise. The
 * model's vocabulary and its two voices are golden ones.
 */
final class FakeSpeech {
    private static final Path GOLDEN = Golden.ROOT.resolve("speech/src/test/resources/golden");
    private static final int HOP = 256;

    private static final String VELOCITY = "velocity";
    private static final String FRAMES = "frames";

    private final Path home;
    private @Nullable Path shipped;
    private String typed = "";
    private boolean isOnAGrid;
    private byte[] standardOutput = {};

    FakeSpeech(Path home) {
        this.home = home;
    }

    /** Installs the model {@code name}. */
    FakeSpeech with(String name, Family family) {
        SpeechSettings settings =
                new SpeechSettings(
                        family,
                        true,
                        true,
                        List.of(),
                        List.of(
                                voice("news_female", Traits.Gender.FEMALE, Traits.Area.NORTHERN),
                                voice("story_male", Traits.Gender.MALE, Traits.Area.SOUTHERN)),
                        Map.of());
        new BundleStore(home)
                .install(
                        name,
                        folder -> {
                            Files.copy(GOLDEN.resolve("vocab.txt"), folder.resolve("vocab.txt"));
                            Files.copy(reference(), folder.resolve("news_female.wav"));
                            Files.copy(reference(), folder.resolve("story_male.wav"));
                            Graph velocity = velocity();
                            Files.write(
                                    folder.resolve("velocity.onnx"),
                                    ModelWriter.toBytes(Model.of(velocity)));
                            return new Manifest(
                                    name,
                                    SpeechSettings.KIND,
                                    "a test",
                                    "ab".repeat(32),
                                    null,
                                    "snug 0.1.0",
                                    1,
                                    Map.of(),
                                    List.of(
                                            new GraphEntry(
                                                    VELOCITY,
                                                    null,
                                                    "velocity.onnx",
                                                    velocity.inputs(),
                                                    velocity.outputs())),
                                    List.of(),
                                    Map.of(),
                                    Measured.NONE,
                                    settings.toJson());
                        });
        return this;
    }

    /** A graph as wide as a mel spectrogram, for plans: it is never run. */
    private static Graph velocity() {
        TensorType mel =
                new TensorType(
                        ElementType.FLOAT,
                        new Shape(
                                List.of(
                                        Dimension.of(1),
                                        Dimension.symbol(FRAMES),
                                        Dimension.of(Networks.BANDS))));
        GraphBuilder builder = new GraphBuilder(VELOCITY);
        builder.input("x", mel);
        builder.addNode("Relu", List.of("x"), List.of("y"));
        builder.output("y", mel);
        return builder.build();
    }

    /** The models in {@code folder} ship with Snug. */
    FakeSpeech shipping(Path folder) {
        shipped = folder;
        return this;
    }

    private static Voice voice(String name, Traits.Gender gender, Traits.Area area) {
        return new Voice(
                name,
                name + ".wav",
                Passage.composed("Xin chào các bạn."),
                new Traits(gender, null, area, null));
    }

    /** Speech of 1.5 s. */
    static Path reference() {
        return GOLDEN.resolve("reference.wav");
    }

    /** What comes in on standard input. */
    FakeSpeech typing(String text) {
        typed = text;
        return this;
    }

    /** Its models have the 31 steps of exported graphs and no others. */
    FakeSpeech onAGrid() {
        isOnAGrid = true;
        return this;
    }

    Ran run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode =
                Main.run(
                        new Surroundings(
                                Map.of("SNUG_HOME", home.toString(), "NO_COLOR", "1"),
                                Optional.ofNullable(shipped),
                                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                                new PrintStream(out, true, StandardCharsets.UTF_8),
                                new PrintStream(err, true, StandardCharsets.UTF_8),
                                false),
                        new SimpleOpening(isOnAGrid),
                        arguments);
        standardOutput = out.toByteArray();
        return new Ran(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    /** The bytes that the last command wrote to standard output. */
    byte[] standardOutput() {
        return standardOutput;
    }

    /** Simple networks, which a plan takes for one small graph. */
    private record SimpleOpening(boolean isOnAGrid) implements NetworksOpening {
        @Override
        public Networks open(Bundle bundle, SpeechSettings settings, SessionSettings session) {
            return new Simple(isOnAGrid);
        }

        @Override
        public NetworkRuns runs(Bundle bundle, SpeechSettings settings) {
            return new NetworkRuns() {
                @Override
                public List<GraphRun> of(ChunkLoad load) {
                    return List.of(
                            GraphRun.alone(
                                    SpeechStage.VELOCITY,
                                    VELOCITY,
                                    Map.of(FRAMES, (long) load.frames()),
                                    load.sampling().schedule().steps(),
                                    0));
                }

                @Override
                public long heapBytes(ChunkLoad load) {
                    return load.melBytes();
                }
            };
        }
    }

    private record Simple(boolean isOnAGrid) implements Networks {
        @Override
        public float[] mel(float[] reference) {
            return new float[(reference.length / HOP + 1) * BANDS];
        }

        @Override
        public Conditions conditions(float[] referenceMel, Tokens tokens, int frames) {
            return new Conditions(frames, Map.of(), Map.of());
        }

        @Override
        public Schedule schedule(Schedule.Kind kind, int steps) {
            if (isOnAGrid) {
                return Schedule.export();
            }
            return kind == Schedule.Kind.EPSS
                    ? Schedule.epss(steps, Schedule.SWAY)
                    : Schedule.uniform(steps, Schedule.SWAY);
        }

        @Override
        public int stepsDefault() {
            return Schedule.STEPS;
        }

        @Override
        public float[] sample(
                Conditions conditions, float[] noise, Sampling sampling, StepListener listener) {
            for (int step = 0; step < sampling.schedule().steps(); step++) {
                listener.beginning(step, sampling.schedule().steps());
            }
            return noise.clone();
        }

        @Override
        public float[] sound(float[] mel, int referenceFrames) {
            float[] wave = new float[(mel.length / BANDS - referenceFrames) * HOP];
            for (int i = 0; i < wave.length; i++) {
                wave[i] = mel[(referenceFrames + i / HOP) * BANDS] / 100;
            }
            return wave;
        }
    }
}
