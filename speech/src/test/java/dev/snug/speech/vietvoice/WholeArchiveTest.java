package dev.snug.speech.vietvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.speech.Golden;
import dev.snug.speech.StageGolden;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Tokens;
import dev.snug.speech.vietvoice.TarReader.Member;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * An archive whose attention is written in a way that is not recognised: each Softmax is an
 * exponential of a logarithm. The oracle is what onnxruntime 1.31.1 for Python computed with the
 * usual graphs, which are equal but for rounding.
 */
final class WholeArchiveTest {
    private static final StageGolden CASE = StageGolden.models().member("case");
    private static final int FRAMES = CASE.whole("frames_total");

    @TempDir private static Path home;
    private static Bundle bundle;

    @BeforeAll
    static void importOnce() throws IOException {
        TarBuilder tar = new TarBuilder();
        TarReader golden =
                new TarReader(new ByteArrayInputStream(Files.readAllBytes(Archive.FILE)), "golden");
        byte[] buffer = new byte[1 << 16];
        for (Member member = golden.next(); member != null; member = golden.next()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (int read = golden.read(buffer); read >= 0; read = golden.read(buffer)) {
                content.write(buffer, 0, read);
            }
            byte[] bytes = content.toByteArray();
            boolean isTransformer = member.name().equals("transformer.onnx");
            tar.file("model/" + member.name(), isTransformer ? unrecognised(bytes) : bytes);
        }
        tar.file("model/README.md", "not known");
        tar.file("model/cleaned_audios/extra.mp3", "not described");
        Path file = Files.write(home.resolve("model-bin.pt"), tar.end());
        bundle = Archive.imported(file, home);
    }

    private static byte[] unrecognised(byte[] transformer) {
        Model model = ModelReader.parse(ByteBuffer.wrap(transformer), "transformer");
        Graph graph = model.graph();
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (node.is("Softmax")) {
                String logarithm = node.output(0) + "/log";
                nodes.add(
                        new Node(
                                logarithm,
                                "",
                                "LogSoftmax",
                                node.inputs(),
                                List.of(logarithm),
                                node.attributes()));
                nodes.add(
                        new Node(
                                node.name(),
                                "",
                                "Exp",
                                List.of(logarithm),
                                node.outputs(),
                                Map.of()));
            } else {
                nodes.add(node);
            }
        }
        return ModelWriter.toBytes(
                model.withGraph(
                        new Graph(
                                graph.name(),
                                graph.inputs(),
                                graph.outputs(),
                                nodes,
                                graph.initializers(),
                                graph.valueTypes())));
    }

    @Test
    void itStaysAsItIsAndSaysWhy() {
        SpeechSettings settings = Archive.settings(bundle);
        assertThat(settings.folded()).isFalse();
        assertThat(settings.fused()).isFalse();
        assertThat(settings.notes())
                .anyMatch(note -> note.contains("kept as they are") && note.contains("attentions"))
                .anyMatch(note -> note.contains("1 members of the archive are unknown"))
                .anyMatch(note -> note.contains("not described"));
        assertThat(settings.voices()).hasSize(6);
        assertThat(bundle.manifest().graphs())
                .extracting(Manifest.GraphEntry::role)
                .containsExactly("preprocess", "transformer", "decode");
        assertThat(bundle.manifest().files().keySet())
                .contains("transformer.weights")
                .doesNotContain("README.md");
        assertThat(requireNonNull(bundle.manifest().files().get("transformer.onnx")).bytes())
                .isLessThan(128 << 10);
    }

    @Test
    void itGivesTheSameSound() throws IOException {
        Networks networks = Archive.networks(bundle);
        float[] mel = networks.mel(Golden.reference());
        assertThat(Golden.distance(mel, Archive.floats("ort_log_mel"))).isLessThan(1e-5);
        Conditions conditions =
                networks.conditions(mel, Tokens.of(CASE.wholes("text_ids")), FRAMES);
        List<Integer> seen = new ArrayList<>();
        float[] done =
                networks.sample(
                        conditions,
                        Golden.floats("noise"),
                        sampling(networks),
                        (step, steps) -> seen.add(step));
        assertThat(seen).hasSize(31).isSorted();
        assertThat(Golden.distance(done, Archive.floats("ort_x_step31"))).isLessThan(3e-5);
        Archive.assertSameWave(
                networks.sound(done, mel.length / 100), Archive.shorts("ort_wave_int16"));
    }

    @Test
    void whatIsBakedIsTheOnlyChoice() {
        Networks networks = Archive.networks(bundle);
        assertThatThrownBy(() -> networks.schedule(Schedule.Kind.UNIFORM, 16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("take 31 and no others");
        Conditions conditions =
                networks.conditions(
                        networks.mel(Golden.reference()),
                        Tokens.of(CASE.wholes("text_ids")),
                        FRAMES);
        Schedule schedule = networks.schedule(Schedule.Kind.UNIFORM, 31);
        for (Sampling other :
                List.of(
                        new Sampling(schedule, 1, Set.of()),
                        new Sampling(schedule, 2, Set.of(30)),
                        new Sampling(Schedule.uniform(32, -1), 2, Set.of()))) {
            assertThatThrownBy(
                            () ->
                                    networks.sample(
                                            conditions,
                                            Golden.floats("noise"),
                                            other,
                                            StepListener.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no other");
        }
    }

    @Test
    void aListenerEndsItWithinAStep() {
        Networks networks = Archive.networks(bundle);
        Conditions conditions =
                networks.conditions(
                        networks.mel(Golden.reference()),
                        Tokens.of(CASE.wholes("text_ids")),
                        FRAMES);
        StepListener ends =
                (step, steps) -> {
                    if (step == 1) {
                        throw new CancellationException();
                    }
                };
        assertThatThrownBy(
                        () ->
                                networks.sample(
                                        conditions,
                                        Golden.floats("noise"),
                                        sampling(networks),
                                        ends))
                .isInstanceOf(CancellationException.class);
    }

    private static Sampling sampling(Networks networks) {
        return new Sampling(
                networks.schedule(Schedule.Kind.UNIFORM, networks.stepsDefault()),
                Sampling.GUIDANCE,
                Set.of());
    }
}
