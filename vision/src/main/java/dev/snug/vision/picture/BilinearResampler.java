package dev.snug.vision.picture;

import java.util.Optional;

/**
 * TensorFlow's {@code tf.image.resize(method="bilinear", antialias=False)}: half-pixel centres,
 * edges clamped, float32 arithmetic in TensorFlow's order (its ResizeBilinear kernel). It reads up
 * to four pixels for each of the input; of a picture that was decoded reduced those that were kept
 * for it, else means.
 */
final class BilinearResampler implements Resampler {
    @Override
    public float[] resize(Picture picture, int width, int height) {
        Resampler.checkSize(width, height);
        Optional<SampledPicture> kept = picture.sampled(new Samples(width, height));
        if (kept.isPresent()) {
            return resizeKept(kept.get(), picture.reduction().orElseThrow());
        }
        Taps across = new Taps(picture.across(), width);
        Taps down = new Taps(picture.down(), height);
        return resize(picture, across, down);
    }

    /** To the bit what the whole picture gives. */
    private static float[] resizeKept(SampledPicture kept, Reduction of) {
        Samples input = kept.input();
        Taps across = new Taps(of.fullWidth(), input.width(), kept.across());
        Taps down = new Taps(of.fullHeight(), input.height(), kept.down());
        return resize(kept.pixels(), across, down);
    }

    private static float[] resize(Picture picture, Taps across, Taps down) {
        int width = across.low.length;
        int height = down.low.length;
        float[] levels = new float[3 * width * height];
        Bands bands = new Bands(picture);
        float[] top = new float[3 * width];
        float[] bottom = new float[3 * width];
        for (int y = 0; y < height; y++) {
            interpolate(bands.rows(down.low[y]), bands.offset(down.low[y]), across, top);
            interpolate(bands.rows(down.high[y]), bands.offset(down.high[y]), across, bottom);
            int at = y * top.length;
            for (int i = 0; i < top.length; i++) {
                levels[at + i] = top[i] + (bottom[i] - top[i]) * down.share[y];
            }
        }
        return levels;
    }

    private static void interpolate(byte[] rows, int offset, Taps across, float[] line) {
        for (int x = 0; x < across.low.length; x++) {
            int left = offset + 3 * across.low[x];
            int right = offset + 3 * across.high[x];
            for (int c = 0; c < 3; c++) {
                float from = rows[left + c] & 0xff;
                float to = rows[right + c] & 0xff;
                line[3 * x + c] = from + (to - from) * across.share[x];
            }
        }
    }
}
