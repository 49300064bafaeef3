package dev.snug.vision.picture;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.vp8.VP8Frame;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * A reader of the first frame of WebP files through the decoder of TwelveMonkeys, over white where
 * it is transparent. Opaque lossy pixels come row by row; lossless ones and opacity are decoded as
 * a whole. The decoder sees a file rebuilt from the {@link WebpOutline}: one frame and no profile.
 */
final class WebpReader implements PictureReader {
    /** What VP8Frame keeps of each block of 16 × 16 pixels: modes, levels, segments. */
    private static final long BLOCK_BYTES = 160;

    /** What it keeps of each block of the rows that it works on; 10,000 and less were seen. */
    private static final long OPEN_BLOCK_BYTES = 16_000;

    private static final long OPEN_BLOCK_ROWS = 3;

    /** The pixels with their opacity, and what is half unpacked; below 5 were seen. */
    private static final long WHOLE_PIXEL_BYTES = 6;

    private final PictureBytes file;
    private final WebpOutline outline;

    WebpReader(PictureBytes file) throws IOException {
        this.file = file;
        outline = WebpOutline.of(file);
    }

    @Override
    public PictureNeed need() {
        long width = outline.frameWidth();
        long height = outline.frameHeight();
        long work = isStreamed() ? 0 : WHOLE_PIXEL_BYTES * width * height;
        if (outline.lossy() != null) {
            long across = Math.ceilDiv(width, BlockRaster.ROWS);
            long down = Math.ceilDiv(height, BlockRaster.ROWS);
            work +=
                    BLOCK_BYTES * across * down
                            + OPEN_BLOCK_BYTES * OPEN_BLOCK_ROWS * across
                            + Picture.CHANNELS * BlockRaster.ROWS * width;
        }
        return new PictureNeed(outline.canvasWidth(), outline.canvasHeight(), work, 0);
    }

    private boolean isStreamed() {
        return outline.lossy() != null && outline.opacity() == null;
    }

    @Override
    public Picture read(PictureNeed need) throws IOException {
        PixelRows rows = new PixelRows(need);
        leaveWhite(rows, 0, outline.top());
        try {
            if (isStreamed()) {
                stream(rows);
            } else {
                lay(whole(), rows);
            }
        } catch (PictureException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new PictureException("damaged: the WebP decoder says: " + e.getMessage(), e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            // Its tables follow the file: a hostile one can ask for more than any header tells.
            throw new PictureTooLargeException(
                    "decoding it takes more memory than its header lets expect; save it as PNG");
        }
        leaveWhite(rows, outline.top() + outline.frameHeight(), outline.canvasHeight());
        return rows.picture(outline.orientation());
    }

    private static void leaveWhite(PixelRows rows, int from, int to) {
        for (int y = from; y < to; y++) {
            whiten(rows, y);
            rows.done(y);
        }
    }

    private static void whiten(PixelRows rows, int y) {
        int at = rows.offset(y);
        Arrays.fill(rows.array(), at, at + Picture.CHANNELS * rows.width(), (byte) 255);
    }

    private void stream(PixelRows rows) throws IOException {
        Piece lossy = Objects.requireNonNull(outline.lossy());
        try (PieceStream stream = new PieceStream(file, new byte[0], List.of(lossy))) {
            // As the decoder's own reader sets it.
            stream.setByteOrder(ByteOrder.LITTLE_ENDIAN);
            BlockRaster raster = new BlockRaster(rows, outline);
            new VP8Frame(stream, false).decode(raster, new ImageReadParam());
            raster.finish();
        }
    }

    private BufferedImage whole() throws IOException {
        ImageReader reader = new WebPImageReaderSpi().createReaderInstance(null);
        try (PieceStream stream = new PieceStream(file, head(), pieces())) {
            reader.setInput(stream, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /** Pixels, and opacity before them, each with the name and length in front of its data. */
    private List<Piece> pieces() {
        Piece opacity = outline.opacity();
        if (opacity == null) {
            return List.of(chunk(Objects.requireNonNull(outline.lossless())));
        }
        return List.of(chunk(opacity), chunk(Objects.requireNonNull(outline.lossy())));
    }

    private static Piece chunk(Piece data) {
        return new Piece(data.at() - 8, 8 + data.bytes() + (data.bytes() & 1));
    }

    private byte[] head() {
        boolean hasOpacity = outline.opacity() != null;
        long bytes = 4 + (hasOpacity ? 18 : 0) + pieces().stream().mapToLong(Piece::bytes).sum();
        ByteBuffer head = ByteBuffer.allocate(hasOpacity ? 30 : 12).order(ByteOrder.LITTLE_ENDIAN);
        head.put(ascii("RIFF")).putInt((int) bytes).put(ascii("WEBP"));
        if (hasOpacity) {
            head.put(ascii("VP8X")).putInt(10).putInt(0x10);
            putSide(head, outline.frameWidth());
            putSide(head, outline.frameHeight());
        }
        return head.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void putSide(ByteBuffer head, int pixels) {
        head.putShort((short) (pixels - 1)).put((byte) ((pixels - 1) >> 16));
    }

    /** Lays the frame over white, row by row. */
    private void lay(BufferedImage image, PixelRows rows) {
        int width = outline.frameWidth();
        if (image.getWidth() != width || image.getHeight() != outline.frameHeight()) {
            throw new PictureException("damaged: its pixels are of another size than it says");
        }
        int[] argb = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, argb, 0, width);
            int to = outline.top() + y;
            whiten(rows, to);
            int at = rows.offset(to) + Picture.CHANNELS * outline.left();
            byte[] rgb = rows.array();
            for (int pixel : argb) {
                int opacity = pixel >>> 24;
                rgb[at++] = OverWhite.level(pixel >> 16 & 0xff, opacity);
                rgb[at++] = OverWhite.level(pixel >> 8 & 0xff, opacity);
                rgb[at++] = OverWhite.level(pixel & 0xff, opacity);
            }
            rows.done(to);
        }
    }
}
