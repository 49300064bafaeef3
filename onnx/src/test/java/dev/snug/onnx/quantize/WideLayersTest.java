package dev.snug.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.quantize.WideLayers.Effect;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Which layers stay wide. The oracle is a rule that says which of them matter. */
final class WideLayersTest {
    /** Layer i does more harm than layer i + 1. */
    private static List<Effect> effects(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Effect("layer" + i, 1000, 1.0 / (i + 1)))
                .toList();
    }

    @Test
    void asFewAsAreEnough() {
        for (int count : new int[] {1, 2, 7, 44, 170}) {
            for (int needed = 1; needed <= count; needed++) {
                int enough = needed;
                Set<String> wide =
                        WideLayers.choose(effects(count).reversed(), set -> set.size() >= enough);

                assertThat(wide)
                        .containsExactlyElementsOf(
                                IntStream.range(0, needed).mapToObj(i -> "layer" + i).toList());
            }
        }
    }

    @Test
    void harmForItsBytesDecides() {
        List<Effect> effects =
                List.of(
                        new Effect("large", 1_000_000, 2),
                        new Effect("small", 10_000, 1),
                        new Effect("harmless", 10_000, 0.01));

        assertThat(WideLayers.choose(effects, set -> true)).containsExactly("small");
        assertThat(WideLayers.choose(effects, set -> set.contains("large")))
                .containsExactly("small", "large");
    }

    @Test
    void fewTrialsAreMade() {
        List<Integer> asked = new ArrayList<>();
        WideLayers.choose(
                effects(170),
                set -> {
                    asked.add(set.size());
                    return set.size() >= 100;
                });

        assertThat(asked).hasSizeLessThan(17).doesNotHaveDuplicates();
    }

    @Test
    void allLayersAreTheLastResort() {
        assertThat(WideLayers.choose(effects(5), set -> false)).hasSize(5);
    }
}
