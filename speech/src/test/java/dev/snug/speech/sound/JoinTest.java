package dev.snug.speech.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.snug.speech.StageGolden;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Joining of chunks. The oracle is VietVoice-TTS: golden.json has results of its functions, and the
 * digests here were computed by them (numpy 2.4.6) for the long waves of {@link Lcg}; all exact.
 */
final class JoinTest {
    private static final List<short[]> WAVES =
            List.of(
                    Lcg.wave(1, 20_000, 3_000),
                    Lcg.wave(2, 15_001, 5_000),
                    Lcg.wave(3, 1_000, 7_000),
                    Lcg.wave(4, 9_000, 60),
                    Lcg.wave(5, 12_000, 9_000),
                    Lcg.wave(6, 2_000, 2_000));

    @Test
    void wavesAreJoinedAsByTheOriginal() {
        List<StageGolden> cases = StageGolden.functions().rows("crossfade");
        assertThat(cases).hasSize(3);
        for (StageGolden row : cases) {
            List<short[]> waves = new ArrayList<>();
            for (@Nullable Object wave : row.list("waves")) {
                waves.add(StageGolden.shorts((List<?>) Objects.requireNonNull(wave)));
            }
            int overlap = (int) (row.number("seconds") * row.number("rate"));
            assertThat(joined(waves, overlap)).isEqualTo(row.shorts("out"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2400,48801,fde9e84670408451b0442bbdc26e60dced695ac6e5e2718bc4a6c0f939597341",
        "7200,34401,8e22cb6d16b7373929c79d48a8ba4052ad20de133d8464f6dd1779bab8c50a72",
        "0,59001,b0de8c31fb7d84ef5beb1cd3a77c2b0727a809f1896d7a2887ecab2a120d1458"
    })
    void longWavesAreJoinedAsByTheOriginal(int overlap, int length, String digest) {
        short[] joined = joined(WAVES, overlap);
        assertThat(joined).hasSize(length);
        assertThat(Sha.of(joined)).isEqualTo(digest);
    }

    @Test
    void aSingleChunkPassesAsItIsEvenAtFullScale() {
        short[] loud = {0, 32767, -32768, 5};
        assertThat(joined(List.of(loud), 2_400)).isEqualTo(loud);
    }

    @Test
    void noMoreThanTheOverlapIsHeldBack() {
        CosineJoin join = new CosineJoin(2, 2_400);
        assertThat(join.add(WAVES.getFirst())).hasSize(20_000 - 2_400);
        assertThat(join.add(WAVES.get(1))).hasSize(15_001 - 2_400);
        assertThat(join.finish()).hasSize(2_400);
        assertThat(join.finish()).isEmpty();
    }

    @Test
    void floatWavesFadeLinearlyAsInTheOriginal() {
        // Computed by concatenate_with_crossfade of VietVoice-TTS, which is F5-TTS's, at 0.15 s.
        LinearJoin join = new LinearJoin(LinearJoin.OVERLAP_SAMPLES);
        float[] out = new float[0];
        int[] counts = {5_000, 4_000, 6_000};
        for (int i = 0; i < counts.length; i++) {
            out = appended(out, join.add(tenths(i + 1, counts[i])));
        }
        out = appended(out, join.finish());
        assertThat(out).hasSize(7_800);
        double sum = 0;
        for (float sample : out) {
            sum += Math.abs(sample);
        }
        assertThat(sum).isCloseTo(541.0954480488131, within(1e-4));
        assertThat(out[1_400]).isCloseTo(0.29550442f, within(1e-6f));
        assertThat(out[1_500]).isCloseTo(-0.07887555f, within(1e-6f));
        assertThat(out[3_200]).isCloseTo(0.028774457f, within(1e-6f));
        assertThat(out[4_999]).isCloseTo(-0.025576284f, within(1e-6f));
        assertThat(out[5_500]).isCloseTo(0.028838843f, within(1e-6f));
    }

    @Test
    void impossibleJoinsAreRefused() {
        assertThatThrownBy(() -> new CosineJoin(0, 10)).hasMessageContaining("0 chunks");
        assertThatThrownBy(() -> new CosineJoin(2, -1)).hasMessageContaining("-1 samples");
        assertThatThrownBy(() -> new LinearJoin(-1)).hasMessageContaining("-1 samples");
    }

    private static short[] joined(List<short[]> waves, int overlap) {
        CosineJoin join = new CosineJoin(waves.size(), overlap);
        short[] out = new short[0];
        for (short[] wave : waves) {
            out = appended(out, join.add(wave));
        }
        return appended(out, join.finish());
    }

    private static short[] appended(short[] first, short[] second) {
        short[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static float[] appended(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static float[] tenths(long seed, int count) {
        float[] values = Lcg.values(seed, count);
        for (int i = 0; i < count; i++) {
            values[i] *= 0.1f;
        }
        return values;
    }
}
