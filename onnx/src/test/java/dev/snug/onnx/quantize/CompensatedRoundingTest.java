package dev.snug.onnx.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Rounding by what the inputs are. The oracles are rounding to the nearest, and trying all the
 * neighbours of a few weights.
 */
final class CompensatedRoundingTest {
    private static final int INPUTS = 24;
    private static final int CHANNELS = 3;
    private static final int SEEN = 40;

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    /** {@value #SEEN} inputs that mostly rise and fall together, as activations do. */
    private static float[][] inputs(int size) {
        float[][] inputs = new float[SEEN][];
        for (int i = 0; i < SEEN; i++) {
            inputs[i] = random(size, 100 + i);
            for (int j = 0; j < size; j++) {
                inputs[i][j] = 0.2f * inputs[i][j] + inputs[i][0];
            }
        }
        return inputs;
    }

    private static float[] products(float[][] inputs) {
        int size = inputs[0].length;
        float[] products = new float[size * size];
        for (float[] input : inputs) {
            for (int i = 0; i < products.length; i++) {
                products[i] += input[i / size] * input[i % size];
            }
        }
        return products;
    }

    private static float[] scales(ChannelGrid grid, float[] weights) {
        float[] scales = new float[CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int input = 0; input < grid.inner(); input++) {
                float weight = Math.abs(weights[grid.place(channel, input)]);
                scales[channel] = Math.max(scales[channel], weight / ChannelGrid.VALUE_MAX);
            }
        }
        return scales;
    }

    private static byte[] nearest(float[] weights, float scale) {
        byte[] wholes = new byte[weights.length];
        for (int i = 0; i < weights.length; i++) {
            wholes[i] = (byte) Math.rint(weights[i] / scale);
        }
        return wholes;
    }

    /** Squares of what the outputs of one channel move by, summed over {@code inputs}. */
    private static double moved(float[] weights, byte[] wholes, float scale, float[][] inputs) {
        double moved = 0;
        for (float[] input : inputs) {
            double error = 0;
            for (int i = 0; i < input.length; i++) {
                error += (weights[i] - wholes[i] * scale) * input[i];
            }
            moved += error * error;
        }
        return moved;
    }

    private static byte[] rounded(float[] weights, float scale, float[][] inputs) {
        return CompensatedRounding.wholes(
                new ChannelGrid(1, weights.length, 1),
                weights,
                new float[] {scale},
                products(inputs));
    }

    @Test
    void inputsThatRiseAndFallTogetherMoveOutputsFarLessThanRoundingToTheNearest() {
        float scale = 1f / ChannelGrid.VALUE_MAX;
        float[][] inputs = inputs(INPUTS);
        double compensated = 0;
        double plain = 0;
        for (int seed = 0; seed < 20; seed++) {
            float[] weights = random(INPUTS, seed);
            weights[5] = 1;
            compensated += moved(weights, rounded(weights, scale, inputs), scale, inputs);
            plain += moved(weights, nearest(weights, scale), scale, inputs);
        }
        assertThat(compensated).isLessThan(plain / 4);
    }

    @Test
    void itIsNearTheBestOfAllNeighbours() {
        int size = 8;
        double found = 0;
        double plain = 0;
        double best = 0;
        for (int seed = 0; seed < 20; seed++) {
            float[] weights = random(size, seed);
            weights[3] = 1;
            float scale = 1f / ChannelGrid.VALUE_MAX;
            float[][] inputs = inputs(size);
            found += moved(weights, rounded(weights, scale, inputs), scale, inputs);
            plain += moved(weights, nearest(weights, scale), scale, inputs);
            best += best(weights, scale, inputs);
        }
        assertThat(found - best).isLessThan((plain - best) / 4);
    }

    private static double best(float[] weights, float scale, float[][] inputs) {
        double best = Double.MAX_VALUE;
        byte[] wholes = new byte[weights.length];
        for (int ups = 0; ups < 1 << weights.length; ups++) {
            for (int i = 0; i < weights.length; i++) {
                wholes[i] = (byte) (Math.floor(weights[i] / scale) + (ups >> i & 1));
            }
            best = Math.min(best, moved(weights, wholes, scale, inputs));
        }
        return best;
    }

    @Test
    void inputsThatHaveNothingToDoWithEachOtherAreRoundedToTheNearest() {
        float[] weights = random(INPUTS, 7);
        weights[0] = -1;
        float[] products = new float[INPUTS * INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            products[i * INPUTS + i] = i;
        }
        float scale = 1f / ChannelGrid.VALUE_MAX;
        assertThat(
                        CompensatedRounding.wholes(
                                new ChannelGrid(1, INPUTS, 1),
                                weights,
                                new float[] {scale},
                                products))
                .isEqualTo(nearest(weights, scale));
    }

    @Test
    void inputsThatWereNeverSeenAreRoundedToTheNearest() {
        float[] weights = random(INPUTS, 8);
        float scale = 1f / ChannelGrid.VALUE_MAX;
        assertThat(rounded(weights, scale, new float[SEEN][INPUTS]))
                .isEqualTo(nearest(weights, scale));
    }

    @Test
    void aChannelIsRoundedTheSameWhereverItLiesAndWithWhateverBesideIt() {
        float[] products = products(inputs(INPUTS));
        ChannelGrid kernels = new ChannelGrid(CHANNELS, INPUTS, 1);
        ChannelGrid matrix = new ChannelGrid(1, INPUTS, CHANNELS);
        float[] ofKernels = random(CHANNELS * INPUTS, 9);
        float[] ofMatrix = new float[ofKernels.length];
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int input = 0; input < INPUTS; input++) {
                ofMatrix[matrix.place(channel, input)] = ofKernels[kernels.place(channel, input)];
            }
        }
        float[] scales = scales(kernels, ofKernels);
        byte[] asKernels = CompensatedRounding.wholes(kernels, ofKernels, scales, products);
        byte[] asMatrix = CompensatedRounding.wholes(matrix, ofMatrix, scales, products);
        for (int channel = 0; channel < CHANNELS; channel++) {
            float[] alone = Arrays.copyOfRange(ofKernels, channel * INPUTS, (channel + 1) * INPUTS);
            byte[] one =
                    CompensatedRounding.wholes(
                            new ChannelGrid(1, INPUTS, 1),
                            alone,
                            new float[] {scales[channel]},
                            products);
            for (int input = 0; input < INPUTS; input++) {
                assertThat(asKernels[kernels.place(channel, input)]).isEqualTo(one[input]);
                assertThat(asMatrix[matrix.place(channel, input)]).isEqualTo(one[input]);
            }
        }
    }

    @Test
    void theLargestWeightOfAChannelTellsItsScale() {
        for (int seed = 0; seed < 20; seed++) {
            float[] weights = random(INPUTS, seed);
            float largest = 0;
            for (float weight : weights) {
                largest = Math.max(largest, Math.abs(weight));
            }
            byte[] wholes = rounded(weights, largest / ChannelGrid.VALUE_MAX, inputs(INPUTS));
            int most = 0;
            for (byte whole : wholes) {
                most = Math.max(most, Math.abs(whole));
            }
            assertThat(most).isEqualTo(ChannelGrid.VALUE_MAX);
        }
    }
}
