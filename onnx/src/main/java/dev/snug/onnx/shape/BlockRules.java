package dev.snug.onnx.shape;

import dev.snug.onnx.Dimension;

import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions in blocks of channels (NCHWc), as ONNX Runtime lays them out for a processor: the
 * channels are rounded up to whole blocks, and a tensor says nothing of that.
 */
final class BlockRules {
    /**
     * Channels of a block of the widest vectors; processors of 256 bits have 8, and there this is
     * up to 8 channels more than there are.
     */
    static final long BLOCK_CHANNELS = 16;

    private static final int RANK = 4;

    /** Like Conv, but for channels of the input, which the weights may have without the filling. */
    static void convolution(Site site) {
        List<Dimension> x = site.dimensions(0, RANK);
        List<Dimension> w = site.dimensions(1, RANK);
        WindowRules.slide(site, x, w);
    }

    /** Batch × channels × space into blocks; the channels may come last. */
    static void reorderInput(Site site) {
        List<Dimension> x = site.dimensions(0, RANK);
        List<Dimension> y = new ArrayList<>(x);
        boolean isLast = site.node().longAttribute("channels_last", 0) != 0;
        if (isLast) {
            y.add(1, y.removeLast());
        }
        y.set(1, Dimensions.map(y.get(1), BlockRules::filled));
        site.make(y);
    }

    private static long filled(long channels) {
        return Math.multiplyExact(Math.ceilDiv(channels, BLOCK_CHANNELS), BLOCK_CHANNELS);
    }

    /** Out of blocks, to as many channels as the node says. */
    static void reorderOutput(Site site) {
        List<Dimension> y = new ArrayList<>(site.dimensions(0, RANK));
        Dimension channels = Dimensions.size(site.node().longAttribute("channels", 0));
        y.set(1, channels);
        if (site.node().longAttribute("channels_last", 0) != 0) {
            y.add(y.remove(1));
        }
        site.make(y);
    }

    private BlockRules() {}
}
