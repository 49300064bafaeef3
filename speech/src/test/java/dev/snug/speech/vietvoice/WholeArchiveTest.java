package dev.snug.speech.vietvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.speech.Golden;
import dev.snug.speech.StageGolden;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Tokens;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        bundle = WholeArchive.imported(home);
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
                        new Sampling(schedule, 1, GuidanceSteps.ALL),
                        new Sampling(schedule, 2, GuidanceSteps.without(Set.of(30))),
                        new Sampling(Schedule.uniform(32, -1), 2, GuidanceSteps.ALL))) {
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
                GuidanceSteps.ALL);
    }
}
