package dev.snug.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.StageGate;
import dev.snug.vision.explain.HeatMap;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;
import dev.snug.vision.plan.ClassifyChoice;
import dev.snug.vision.plan.ClassifyWish;
import dev.snug.vision.plan.ClassifyWorkload;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Which memory modes give the same answer. Equal to the bit, told by SHA-256 of probabilities and
 * heat map: one graph of the copy for this machine, whatever the threads, in a fresh session or a
 * used one, with the map asked for or not. Equal to rounding only: the graph with heat maps and the
 * one without, because the former keeps a normalisation apart that the latter has folded away; and
 * the copy and the portable graph, whose convolutions add in another order.
 */
final class SameAnswerTest {
    /** What the same sums in another order may differ by, of a probability. */
    private static final double ROUNDING = 2e-6;

    @TempDir private Path home;
    private Bundle bundle;
    private Optional<Bundle> copy;
    private Picture picture;

    @BeforeEach
    void install() {
        bundle = Imported.install(home, "tiny_efficientnetv2", List.of());
        copy = OptimizedCopy.find(bundle);
        picture = PictureDecoder.within(PictureLimits.DEFAULT).decode(Imported.picture());
    }

    @Test
    void threadsAndUsedSessionsChangeNoBit() throws Exception {
        for (boolean heatMap : new boolean[] {false, true}) {
            ClassifyChoice one = new ClassifyChoice(96, heatMap, 1);
            String expected = digest(answers(copy, one).getFirst());
            for (int threads : new int[] {1, 2}) {
                for (Classification each :
                        answers(copy, new ClassifyChoice(96, heatMap, threads))) {
                    assertThat(digest(each)).as("%s threads", threads).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void anArenaChangesNoBit() throws Exception {
        List<Classification> without = answers(copy, new ClassifyChoice(96, true, 1));
        List<Classification> kept = answers(copy, new ClassifyChoice(96, true, 1, true));

        assertThat(digest(kept.getFirst())).isEqualTo(digest(without.getFirst()));
        assertThat(digest(kept.getLast())).isEqualTo(digest(without.getLast()));
    }

    @Test
    void askingForTheMapChangesNoBitOfTheProbabilitiesOfThatGraph() {
        ClassifyChoice choice = new ClassifyChoice(96, true, 1);
        try (Classifier classifier = open(copy, choice)) {
            assertThat(scores(classifier.classify(picture, Patient.UNKNOWN)))
                    .containsExactly(
                            scores(classifier.explain(picture, Patient.UNKNOWN, Optional.of(1))));
        }
    }

    @Test
    void graphsAndLayoutsAgreeToRounding() {
        float[] expected = scores(answers(copy, new ClassifyChoice(96, false, 1)).getFirst());
        for (Optional<Bundle> loaded : List.of(copy, Optional.<Bundle>empty())) {
            for (boolean heatMap : new boolean[] {false, true}) {
                for (int threads : new int[] {1, 2}) {
                    float[] found =
                            scores(
                                    answers(loaded, new ClassifyChoice(96, heatMap, threads))
                                            .getFirst());
                    for (int i = 0; i < expected.length; i++) {
                        assertThat((double) found[i])
                                .isBetween(expected[i] - ROUNDING, expected[i] + ROUNDING);
                    }
                }
            }
        }
    }

    /** Two answers of one session. */
    private List<Classification> answers(Optional<Bundle> loaded, ClassifyChoice choice) {
        try (Classifier classifier = open(loaded, choice)) {
            return List.of(answer(classifier, choice), answer(classifier, choice));
        }
    }

    private Classification answer(Classifier classifier, ClassifyChoice choice) {
        return choice.heatMap()
                ? classifier.explain(picture, Patient.UNKNOWN, Optional.of(1))
                : classifier.classify(picture, Patient.UNKNOWN);
    }

    private Classifier open(Optional<Bundle> loaded, ClassifyChoice choice) {
        ClassifyWorkload workload =
                ClassifyWorkload.of(bundle, loaded, ClassifyWish.open(2), CpuRate.GUESS);
        return Classifier.open(
                bundle, loaded, choice.options(), StageGate.OPEN, workload.cost(choice).largest());
    }

    /** Probabilities in the order of the classes. */
    private static float[] scores(Classification found) {
        float[] scores = new float[found.scores().size()];
        List<ClassScore> inOrder =
                found.scores().stream()
                        .sorted(Comparator.comparing((ClassScore each) -> each.label().id()))
                        .toList();
        for (int i = 0; i < scores.length; i++) {
            scores[i] = inOrder.get(i).probability();
        }
        return scores;
    }

    private static String digest(Classification found) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(bytes(scores(found)));
        HeatMap map = found.heatMap();
        if (map != null) {
            digest.update(bytes(map.values()));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
