package dev.snug.vision.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.snug.vision.Classification;
import dev.snug.vision.Classifier;
import dev.snug.vision.explain.HeatMap;
import dev.snug.vision.patient.Patient;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How much of the heat lies on lesions whose place is known, over {@value #SKETCHES} drawn ones:
 * measured, and held to what README.md says, whatever it is. A map that does not know where the
 * lesion is has a share of heat equal to the lesion's share of the picture.
 */
@Tag("models")
final class LesionOverlapTest {
    private static final int SKETCHES = 60;

    /** README.md, "What a run prints". */
    private static final double PUBLISHED_HEAT_SHARE = 0.361;

    private static final double PUBLISHED_PEAK_INSIDE = 0.533;
    private static final double PUBLISHED_AREA_SHARE = 0.109;

    /**
     * How one map lies on its lesion.
     *
     * @param area share of the picture that is lesion
     * @param heat share of the summed heat that is on the lesion
     * @param peakInside 1 when the hottest pixel is on the lesion
     * @param iou intersection over union of the lesion and of what is at least half as hot as the
     *     hottest pixel
     */
    private record Overlap(String top, double area, double heat, double peakInside, double iou) {}

    @Test
    void theOverlapWithKnownLesionsIsWhatTheReadmeSays() throws IOException {
        List<Overlap> overlaps = new ArrayList<>();
        try (Classifier classifier =
                Classifier.open(
                        SklesionTest.store(),
                        "sklesion",
                        new Classifier.Options(true, null, 1),
                        step -> {})) {
            for (int seed = 0; seed < SKETCHES; seed++) {
                LesionSketch sketch = LesionSketch.draw(seed);
                Classification found =
                        classifier.explain(sketch.picture(), Patient.UNKNOWN, Optional.empty());
                HeatMap map = Objects.requireNonNull(found.heatMap());
                overlaps.add(measure(found.top().label().id(), map, sketch.mask()));
            }
        }
        write(overlaps);
        assertThat(mean(overlaps, Overlap::area)).isCloseTo(PUBLISHED_AREA_SHARE, within(0.005));
        assertThat(mean(overlaps, Overlap::heat)).isCloseTo(PUBLISHED_HEAT_SHARE, within(0.02));
        assertThat(mean(overlaps, Overlap::peakInside))
                .isCloseTo(PUBLISHED_PEAK_INSIDE, within(0.05));
    }

    private static Overlap measure(String top, HeatMap map, boolean[] mask) {
        int side = LesionSketch.SIDE;
        double heat = 0;
        double heatInside = 0;
        double hottest = -1;
        boolean peakInside = false;
        int area = 0;
        int both = 0;
        int either = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double value = bilinear(map, (x + 0.5) / side, (y + 0.5) / side);
                boolean inside = mask[y * side + x];
                heat += value;
                heatInside += inside ? value : 0;
                area += inside ? 1 : 0;
                both += inside && value >= 0.5 ? 1 : 0;
                either += inside || value >= 0.5 ? 1 : 0;
                if (value > hottest) {
                    hottest = value;
                    peakInside = inside;
                }
            }
        }
        return new Overlap(
                top,
                (double) area / mask.length,
                heat == 0 ? 0 : heatInside / heat,
                peakInside ? 1 : 0,
                (double) both / either);
    }

    /** The map at a place of the picture, both from 0 to 1, as the overlay draws it. */
    private static double bilinear(HeatMap map, double x, double y) {
        double column = Math.clamp(x * map.width() - 0.5, 0, map.width() - 1);
        double row = Math.clamp(y * map.height() - 0.5, 0, map.height() - 1);
        int left = (int) column;
        int upper = (int) row;
        int right = Math.min(left + 1, map.width() - 1);
        int lower = Math.min(upper + 1, map.height() - 1);
        double above = mix(map.at(upper, left), map.at(upper, right), column - left);
        double below = mix(map.at(lower, left), map.at(lower, right), column - left);
        return mix(above, below, row - upper);
    }

    private static double mix(double from, double to, double share) {
        return from + (to - from) * share;
    }

    private static double mean(List<Overlap> overlaps, ToDoubleFunction<Overlap> value) {
        return overlaps.stream().mapToDouble(value).average().orElseThrow();
    }

    private static void write(List<Overlap> overlaps) throws IOException {
        StringBuilder csv = new StringBuilder("top,area,heat,peak_inside,iou\n");
        for (Overlap one : overlaps) {
            csv.append(
                    String.format(
                            Locale.ROOT,
                            "%s,%.4f,%.4f,%.0f,%.4f%n",
                            one.top,
                            one.area,
                            one.heat,
                            one.peakInside,
                            one.iou));
        }
        Files.writeString(Path.of("target", "lesion-overlap.csv"), csv);
        System.out.printf(
                Locale.ROOT,
                "lesion area %.3f, heat on it %.3f, peak on it %.3f, IoU %.3f%n",
                mean(overlaps, Overlap::area),
                mean(overlaps, Overlap::heat),
                mean(overlaps, Overlap::peakInside),
                mean(overlaps, Overlap::iou));
    }
}
