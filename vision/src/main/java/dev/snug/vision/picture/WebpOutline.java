package dev.snug.vision.picture;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * What the chunks of a WebP file say (RFC 9649), found by walking the file once without decoding:
 * the first frame's pixels and where they lie on the canvas, and the orientation. Profiles and what
 * else the file holds never reach the decoder.
 */
final class WebpOutline {
    private static final int RIFF_BYTES = 12;
    private static final int HEAD_BYTES = 8;

    /** Animations have one a frame; the others a handful. */
    private static final int CHUNKS = 100_000;

    private static final int FRAME_HEAD_BYTES = 16;

    private final PictureBytes file;
    private int canvasWidth;
    private int canvasHeight;
    private int left;
    private int top;
    private int frameWidth;
    private int frameHeight;
    private @Nullable Piece lossy;
    private @Nullable Piece lossless;
    private @Nullable Piece opacity;
    private Orientation orientation = Orientation.UPRIGHT;
    private boolean hasFrame;

    private WebpOutline(PictureBytes file) {
        this.file = file;
    }

    static WebpOutline of(PictureBytes file) throws IOException {
        WebpOutline outline = new WebpOutline(file);
        outline.walk(RIFF_BYTES, file.size(), false);
        if (outline.lossy == null && outline.lossless == null) {
            throw new PictureException("the file ends early, before its first frame");
        }
        outline.place();
        return outline;
    }

    private void walk(long from, long end, boolean isFrame) throws IOException {
        long at = from;
        for (int chunks = 0; at + HEAD_BYTES <= end; chunks++) {
            if (chunks == CHUNKS) {
                throw new PictureException("damaged: more than " + CHUNKS + " chunks");
            }
            long bytes = file.uint32Little(at + 4);
            // What follows the pixels is not needed: it may be cut off.
            if (at + HEAD_BYTES + bytes > end && lossy == null && lossless == null) {
                throw new PictureException("the file ends early, at byte " + end);
            }
            take(name(at), at + HEAD_BYTES, bytes, isFrame);
            at += HEAD_BYTES + bytes + (bytes & 1);
        }
    }

    private String name(long at) throws IOException {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            name.append((char) file.at(at + i));
        }
        return name.toString();
    }

    private void take(String name, long at, long bytes, boolean isFrame) throws IOException {
        boolean isOpen = lossy == null && lossless == null && (isFrame || !hasFrame);
        switch (name) {
            case "VP8X" -> {
                if (bytes >= 10 && canvasWidth == 0) {
                    canvasWidth = file.uint24Little(at + 4) + 1;
                    canvasHeight = file.uint24Little(at + 7) + 1;
                }
            }
            case "ANMF" -> {
                if (!isFrame && isOpen && bytes >= FRAME_HEAD_BYTES) {
                    hasFrame = true;
                    left = 2 * file.uint24Little(at);
                    top = 2 * file.uint24Little(at + 3);
                    walk(at + FRAME_HEAD_BYTES, at + bytes, true);
                }
            }
            case "ALPH" -> opacity = isOpen ? new Piece(at, bytes) : opacity;
            case "VP8 " -> lossy = isOpen ? new Piece(at, bytes) : lossy;
            case "VP8L" -> lossless = isOpen ? new Piece(at, bytes) : lossless;
            case "EXIF" -> readExif(at, bytes);
            default -> {
                // Profiles, positions, names: nothing that changes pixels here.
            }
        }
    }

    private void readExif(long at, long bytes) throws IOException {
        if (bytes <= Exif.BLOCK_BYTES && at + bytes <= file.size()) {
            byte[] block = file.bytes(at, (int) bytes);
            // Some writers keep the mark that JPEG has in front.
            boolean isMarked = bytes > 6 && block[0] == 'E' && block[4] == 0;
            orientation = Exif.orientation(isMarked ? file.bytes(at + 6, (int) bytes - 6) : block);
        }
    }

    /** The frame's own sizes, by its first bytes, and the canvas around it. */
    private void place() throws IOException {
        if (lossy != null) {
            long at = lossy.at();
            boolean isKey = lossy.bytes() >= 10 && (file.at(at) & 1) == 0;
            if (!isKey || file.at(at + 3) != 0x9d || file.uint16Little(at + 4) != 0x2a01) {
                throw new PictureException("damaged: its pixels do not start as they should");
            }
            frameWidth = file.uint16Little(at + 6) & 0x3fff;
            frameHeight = file.uint16Little(at + 8) & 0x3fff;
        } else if (lossless != null) {
            long at = lossless.at();
            if (lossless.bytes() < 5 || file.at(at) != 0x2f) {
                throw new PictureException("damaged: its pixels do not start as they should");
            }
            long sizes = file.uint32Little(at + 1);
            frameWidth = (int) (sizes & 0x3fff) + 1;
            frameHeight = (int) (sizes >> 14 & 0x3fff) + 1;
        }
        boolean hasCanvas = canvasWidth > 0;
        canvasWidth = hasCanvas ? canvasWidth : frameWidth;
        canvasHeight = hasCanvas ? canvasHeight : frameHeight;
        if (frameWidth == 0
                || frameHeight == 0
                || (long) left + frameWidth > canvasWidth
                || (long) top + frameHeight > canvasHeight) {
            throw new PictureException(
                    "damaged: a frame of %d x %d at %d, %d of %d x %d"
                            .formatted(
                                    frameWidth, frameHeight, left, top, canvasWidth, canvasHeight));
        }
    }

    int canvasWidth() {
        return canvasWidth;
    }

    int canvasHeight() {
        return canvasHeight;
    }

    int left() {
        return left;
    }

    int top() {
        return top;
    }

    int frameWidth() {
        return frameWidth;
    }

    int frameHeight() {
        return frameHeight;
    }

    /** The data of the lossy pixels; null where they are lossless. */
    @Nullable Piece lossy() {
        return lossy;
    }

    /** The data of the lossless pixels, opacity included; null where they are lossy. */
    @Nullable Piece lossless() {
        return lossy == null ? lossless : null;
    }

    /** The data of the opacity of lossy pixels; null where they are opaque. */
    @Nullable Piece opacity() {
        return lossy == null ? null : opacity;
    }

    Orientation orientation() {
        return orientation;
    }
}
