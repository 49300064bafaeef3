package dev.snug.server.inference;

import dev.snug.runtime.json.Json;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Pictures as bytes of red, green and blue, {@code [n, height, width, 3]}, upright, row by row.
 * Each becomes a Windows bitmap of 24 bits that is not packed (Microsoft, "Bitmap Storage",
 * BITMAPINFOHEADER), so that whatever reads pictures reads these too. Memory: one row.
 */
final class Pixels extends Intake {
    private static final int HEADER_BYTES = 54;
    private static final int CHANNELS = 3;
    private static final int SIDE_PIXELS_MAX = 65_535;
    private static final int VALUE_MAX = 255;

    private final PictureFiles files;
    private final int width;
    private final int height;
    private final byte[] row;
    private int at;
    private int rows;
    private @Nullable OutputStream out;

    /**
     * The pictures of {@code input}.
     *
     * @throws dev.snug.server.http.HttpException 413 when one of them is larger than a file may be
     */
    Pixels(RequestHead.Input input, PictureFiles files) {
        super(input);
        this.files = files;
        long high = input.shape().get(1);
        long wide = input.shape().get(2);
        long rowBytes = (wide * CHANNELS + 3) / 4 * 4;
        if (Math.max(high, wide) > SIDE_PIXELS_MAX
                || HEADER_BYTES + high * rowBytes > files.bytesMax()) {
            throw Refused.tooLarge(
                    "input %s has pictures of %d x %d pixels, which take more than the %d bytes allowed here"
                            .formatted(Json.quoted(input.name()), wide, high, files.bytesMax()));
        }
        width = (int) wide;
        height = (int) high;
        row = new byte[(int) rowBytes];
    }

    @Override
    void json(JsonParser from) throws IOException {
        int value = from.currentToken() == JsonToken.VALUE_NUMBER_INT ? from.getIntValue() : -1;
        if (value < 0 || value > VALUE_MAX) {
            throw not("whole numbers of 0 to 255");
        }
        take((byte) value);
    }

    @Override
    void binary(InputStream in, long bytes) throws IOException {
        if (bytes != elements()) {
            throw not(elements() + " bytes of binary data");
        }
        RequestText.copy(
                in,
                bytes,
                new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        take((byte) value);
                    }
                });
    }

    private void take(byte value) throws IOException {
        count();
        // Stored as blue, green, red.
        row[at - at % CHANNELS + CHANNELS - 1 - at % CHANNELS] = value;
        if (++at < width * CHANNELS) {
            return;
        }
        if (out == null) {
            out = files.next().out();
            out.write(header());
        }
        out.write(row);
        at = 0;
        if (++rows == height) {
            rows = 0;
            out.close();
            out = null;
        }
    }

    /** With a height below zero: the first row is the top one. */
    private byte[] header() {
        return LittleEnd.of(new byte[HEADER_BYTES])
                .put((byte) 'B')
                .put((byte) 'M')
                .putInt(HEADER_BYTES + height * row.length)
                .putInt(0)
                .putInt(HEADER_BYTES)
                .putInt(HEADER_BYTES - 14)
                .putInt(width)
                .putInt(-height)
                .putShort((short) 1)
                .putShort((short) (8 * CHANNELS))
                .array();
    }
}
