package dev.snug.vision.picture;

import java.io.IOException;

/**
 * The step from the samples of a TIFF page to R G B bytes: gray either way round, palettes, inks,
 * 16 bits rounded to 8, opacity laid over white (TIFF 6.0, sections 3 to 6, 16 and 18).
 */
final class TiffColour {
    private static final int BITS = 258;
    private static final int MEANING = 262;
    private static final int SAMPLES = 277;
    private static final int COLOURS = 320;
    private static final int EXTRA = 338;
    private static final int SAMPLE_FORMAT = 339;

    /** Of one pixel; more is satellite pictures. */
    private static final int SAMPLES_MAX = 8;

    /** What samples mean. */
    enum Kind {
        WHITE_IS_ZERO(1),
        GRAY(1),
        RGB(3),
        PALETTE(1),
        INKS(4),
        /** Of JPEG only: the decoder makes R G B of it. */
        YCC(3);

        final int samples;

        Kind(int samples) {
            this.samples = samples;
        }
    }

    /** What the sample after the colours says of opacity. */
    private enum Opacity {
        NONE,
        WEIGHED,
        PLAIN
    }

    private final Kind kind;
    private final int samples;
    private final int bits;
    private final boolean isLittle;
    private final Opacity opacity;
    private final byte[] palette;

    private TiffColour(
            Kind kind, int samples, int bits, boolean isLittle, Opacity opacity, byte[] palette) {
        this.kind = kind;
        this.samples = samples;
        this.bits = bits;
        this.isLittle = isLittle;
        this.opacity = opacity;
        this.palette = palette;
    }

    static TiffColour of(TiffDirectory fields, boolean isJpeg) throws IOException {
        Kind kind = kind(fields.value(MEANING, 1), isJpeg);
        long samples = fields.value(SAMPLES, 1);
        long bits = fields.value(BITS, 1);
        for (int i = 1; i < Math.min(samples, fields.count(BITS)); i++) {
            TiffLayout.refuse(fields.value(BITS, i, 0) != bits, "samples of several depths");
        }
        boolean isKnown = bits == 8 || bits == 16;
        if (kind.samples == 1) {
            isKnown |= bits == 1 || bits == 2 || bits == 4;
        }
        if (isJpeg || kind == Kind.PALETTE) {
            isKnown &= bits != 16;
        }
        TiffLayout.refuse(!isKnown, bits + " bits a sample");
        TiffLayout.refuse(fields.value(SAMPLE_FORMAT, 1) != 1, "samples that are no whole numbers");
        if (samples < kind.samples || samples > SAMPLES_MAX) {
            throw new PictureException("damaged: " + samples + " samples of " + kind);
        }
        TiffLayout.refuse(samples > 1 && bits < 8, bits + " bits of several samples");
        Opacity opacity = Opacity.NONE;
        if (samples > kind.samples) {
            opacity =
                    switch ((int) fields.value(EXTRA, 0)) {
                        case 1 -> Opacity.WEIGHED;
                        case 2 -> Opacity.PLAIN;
                        default -> Opacity.NONE;
                    };
        }
        byte[] palette = kind == Kind.PALETTE ? palette(fields, (int) bits) : new byte[0];
        return new TiffColour(kind, (int) samples, (int) bits, fields.isLittle(), opacity, palette);
    }

    private static Kind kind(long code, boolean isJpeg) {
        Kind kind =
                switch ((int) code) {
                    case 0 -> Kind.WHITE_IS_ZERO;
                    case 1 -> Kind.GRAY;
                    case 2 -> Kind.RGB;
                    case 3 -> Kind.PALETTE;
                    case 5 -> Kind.INKS;
                    case 6 -> Kind.YCC;
                    default -> throw new PictureException(wayOut("colours of kind " + code));
                };
        boolean isOfJpeg = kind == Kind.GRAY || kind == Kind.RGB || kind == Kind.YCC;
        if (isJpeg ? !isOfJpeg : kind == Kind.YCC) {
            throw new PictureException(wayOut("colours of kind " + code + " packed so"));
        }
        return kind;
    }

    private static String wayOut(String what) {
        return "a TIFF with %s is not read here: save it as PNG".formatted(what);
    }

    private static byte[] palette(TiffDirectory fields, int bits) throws IOException {
        int colours = 1 << bits;
        if (fields.count(COLOURS) < 3L * colours) {
            throw new PictureException("damaged: a palette of " + fields.count(COLOURS) / 3);
        }
        byte[] palette = new byte[3 * colours];
        for (int i = 0; i < colours; i++) {
            for (int channel = 0; channel < 3; channel++) {
                long level = fields.value(COLOURS, (long) channel * colours + i, 0);
                palette[3 * i + channel] = (byte) (level >> 8);
            }
        }
        return palette;
    }

    Kind kind() {
        return kind;
    }

    /** Samples of a pixel, those that are not looked at included. */
    int samples() {
        return samples;
    }

    /** Bytes of a row of that many pixels. */
    long rowBytes(int pixels) {
        return ((long) pixels * samples * bits + 7) / 8;
    }

    /** Makes samples of differences to the pixel on their left (TIFF 6.0, section 14). */
    void sum(byte[] row, int from, int pixels) {
        if (bits == 8) {
            for (int i = from + samples; i < from + pixels * samples; i++) {
                row[i] = (byte) (row[i] + row[i - samples]);
            }
        } else if (bits == 16) {
            for (int i = samples; i < pixels * samples; i++) {
                int at = from + 2 * i;
                int sum = sample16(row, at) + sample16(row, at - 2 * samples);
                row[isLittle ? at : at + 1] = (byte) sum;
                row[isLittle ? at + 1 : at] = (byte) (sum >> 8);
            }
        }
    }

    private int sample16(byte[] row, int at) {
        int low = row[isLittle ? at : at + 1] & 0xff;
        int high = row[isLittle ? at + 1 : at] & 0xff;
        return high << 8 | low;
    }

    /** Sample number {@code index} of a row, 0 to 255; of a palette its number. */
    private int sample(byte[] row, int from, int index) {
        if (bits == 8) {
            return row[from + index] & 0xff;
        } else if (bits == 16) {
            return (sample16(row, from + 2 * index) + 128) / 257;
        }
        int bit = index * bits;
        int mask = (1 << bits) - 1;
        int value = (row[from + (bit >> 3)] & 0xff) >> (8 - bits - (bit & 7)) & mask;
        return kind == Kind.PALETTE ? value : value * 255 / mask;
    }

    /** Writes R G B of {@code pixels} of a row, the first at {@code at}. */
    void convert(byte[] row, int from, int pixels, byte[] rgb, int at) {
        if (kind == Kind.RGB && bits == 8 && samples == 3) {
            System.arraycopy(row, from, rgb, at, 3 * pixels);
            return;
        }
        for (int i = 0; i < pixels; i++) {
            int first = i * samples;
            int opaque = opacity == Opacity.NONE ? 255 : sample(row, from, first + kind.samples);
            for (int channel = 0; channel < 3; channel++) {
                int level = level(row, from, first, channel);
                rgb[at++] =
                        opacity == Opacity.WEIGHED
                                ? OverWhite.weighed(level, opaque)
                                : OverWhite.level(level, opaque);
            }
        }
    }

    private int level(byte[] row, int from, int first, int channel) {
        return switch (kind) {
            case WHITE_IS_ZERO -> 255 - sample(row, from, first);
            case GRAY -> sample(row, from, first);
            case RGB, YCC -> sample(row, from, first + channel);
            case PALETTE -> palette[3 * sample(row, from, first) + channel] & 0xff;
            case INKS -> {
                int paper = 255 - sample(row, from, first + channel);
                yield (paper * (255 - sample(row, from, first + 3)) + 127) / 255;
            }
        };
    }
}
