package dev.snug.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Files made to hurt. The oracle is the contract: each ends within seconds in a picture or in one
 * of the two exceptions, and what is over a limit is refused before memory is spent on it.
 */
class HostilePictureTest {

    @TempDir Path folder;

    @Test
    void aHeaderOfTenThousandMegapixelsIsRefusedUndecoded() throws IOException {
        Path file = write(png(100_000, 100_000, 8, 2, new byte[10]));
        assertThatThrownBy(() -> Golden.decode(file))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("100000 x 100000")
                .hasMessageContaining("100,000,000 pixels")
                .hasMessageContaining("Scale it down");
    }

    @ParameterizedTest
    @CsvSource({"70000, 10", "10, 70000", "10001, 10001", "2147483647, 2147483647"})
    void sizesOverALimitAreRefused(int width, int height) throws IOException {
        Path file = write(png(width, height, 8, 2, new byte[10]));
        assertThatThrownBy(() -> Golden.decode(file)).isInstanceOf(PictureTooLargeException.class);
    }

    @Test
    void aPictureOverTheMemoryLimitIsRefusedWithBothNumbers() throws IOException {
        Path file = write(png(1000, 1000, 8, 2, new byte[10]));
        PictureLimits limits = PictureLimits.DEFAULT.withMemoryBytes(2_000_000);
        assertThatThrownBy(() -> PictureDecoder.within(limits).decode(file))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("3,006,000 bytes")
                .hasMessageContaining("2,000,000");
    }

    @Test
    void theCoefficientsOfAProgressiveJpegCountAsMemory() {
        Path file = Golden.picture("decode_jpeg_progressive_444.jpg");
        long pixels = 48 * 32;
        PictureLimits enough = PictureLimits.DEFAULT.withMemoryBytes(pixels * (3 + 6));
        PictureLimits less = enough.withMemoryBytes(pixels * (3 + 6) - 1);
        assertThat(PictureDecoder.within(enough).decode(file).height()).isEqualTo(32);
        assertThatThrownBy(() -> PictureDecoder.within(less).decode(file))
                .isInstanceOf(PictureTooLargeException.class);
    }

    @Test
    void aFileOverTheByteLimitIsRefusedUnread() throws IOException {
        Path file = folder.resolve("big.png");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(PictureLimits.FILE_BYTES + 1);
        }
        assertThatThrownBy(() -> Golden.decode(file))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("25,000,001 bytes; the limit is 25,000,000");
    }

    @Test
    void aStreamThatUnpacksToGigabytesStopsAtTheLastRow() throws IOException {
        byte[] bomb = deflate(new byte[20_000_000]);
        Picture picture = DamagedPictures.decodeInTime(write(png(10, 10, 8, 2, bomb)));
        assertThat(picture.width()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iCCP", "zTXt", "iTXt", "tEXt", "eXIf", "abCd"})
    void hugeSideChunksAreSkipped(String type) throws IOException {
        byte[] data = deflate(new byte[5_000_000]);
        byte[] text = new byte[2 + data.length];
        System.arraycopy(data, 0, text, 2, data.length);
        byte[] plain = Files.readAllBytes(Golden.picture("decode_rgb8.png"));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(plain, 0, 33);
        file.writeBytes(chunk(type, text));
        file.write(plain, 33, plain.length - 33);
        assertThat(DamagedPictures.decodeInTime(write(file.toByteArray())).width()).isEqualTo(48);
    }

    @Test
    void aChunkLongerThanTheFileIsAnEarlyEnd() throws IOException {
        byte[] plain = Files.readAllBytes(Golden.picture("decode_rgb8.png"));
        ByteBuffer.wrap(plain).putInt(33, Integer.MAX_VALUE);
        Path file = write(plain);
        assertThatThrownBy(() -> Golden.decode(file))
                .isExactlyInstanceOf(PictureException.class)
                .hasMessageContaining("ends early, within its IDAT chunk of 2147483647 bytes");
    }

    @Test
    void millionsOfEmptyChunksEndInTime() throws IOException {
        byte[] plain = Files.readAllBytes(Golden.picture("decode_rgb8.png"));
        byte[] empty = chunk("abCd", new byte[0]);
        byte[] all = new byte[24_000_000];
        System.arraycopy(plain, 0, all, 0, 33);
        int at = 33;
        for (; at + empty.length + plain.length < all.length; at += empty.length) {
            System.arraycopy(empty, 0, all, at, empty.length);
        }
        System.arraycopy(plain, 33, all, at, plain.length - 33);
        assertThat(DamagedPictures.decodeInTime(write(all)).width()).isEqualTo(48);
    }

    @ParameterizedTest
    @CsvSource({
        "decode_rgb8.png, 1200, at row",
        "decode_rgb8_adam7.png, 1200, (interlaced)",
        "decode_rgb8.png, 1998, ends early",
        "decode_rgb8.png, 20, ends early",
        "decode_jpeg_baseline_444.jpg, 900, at about row",
        "decode_jpeg_baseline_444.jpg, 1018, ends early",
        "decode_jpeg_progressive_444.jpg, 800, ends early",
        "decode_jpeg_baseline_444.jpg, 300, ends early",
        "decode_jpeg_baseline_444.jpg, 3, ends early",
    })
    void aPictureCutShortIsRefusedWithThePlace(String name, int bytes, String place)
            throws IOException {
        byte[] whole = Files.readAllBytes(Golden.picture(name));
        Path file = write(Arrays.copyOf(whole, bytes));
        assertThatThrownBy(() -> Golden.decode(file))
                .isExactlyInstanceOf(PictureException.class)
                .hasMessageContaining(place);
    }

    @Test
    void aFlippedBitInPngPixelsIsNeverAPicture() throws IOException {
        byte[] whole = Files.readAllBytes(Golden.picture("decode_rgb8.png"));
        for (int at = 41; at < whole.length - 16; at += 97) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 4;
            Path file = write(flipped);
            assertThatThrownBy(() -> Golden.decode(file))
                    .as("byte " + at)
                    .isExactlyInstanceOf(PictureException.class);
        }
    }

    @Test
    void aJpegOfEndlessScansIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(Golden.picture("decode_jpeg_progressive_444.jpg"));
        int scan = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("\u00ff\u00da");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(whole, 0, scan);
        for (int i = 0; i < 1000; i++) {
            file.write(whole, scan, whole.length - 2 - scan);
        }
        Path path = write(file.toByteArray());
        assertThatThrownBy(() -> DamagedPictures.decodeInTime(path))
                .isExactlyInstanceOf(PictureException.class)
                .hasMessageContaining("scan 65 of at most 64");
    }

    @Test
    void aLargeJpegOfManyTinyScansIsRefusedUndecoded() throws IOException {
        byte[] whole = Files.readAllBytes(Golden.picture("decode_jpeg_progressive_444.jpg"));
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        ByteBuffer.wrap(whole).putInt(text.indexOf("\u00ff\u00c2") + 5, (4600 << 16) | 4600);
        int scan = text.lastIndexOf("\u00ff\u00da");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(whole, 0, scan);
        for (int i = 0; i < 30; i++) {
            file.write(whole, scan, whole.length - 2 - scan);
        }
        Path path = write(file.toByteArray());
        assertThatThrownBy(() -> DamagedPictures.decodeInTime(path))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("4600 x 4600 in 3");
    }

    @Test
    void aJpegOfEndlessSegmentsIsRefused() throws IOException {
        byte[] comments = new byte[1_000_000];
        ByteBuffer.wrap(comments).putShort((short) 0xffd8);
        for (int at = 2; at + 4 <= comments.length; at += 4) {
            ByteBuffer.wrap(comments).putInt(at, 0xfffe0002);
        }
        Path file = write(comments);
        assertThatThrownBy(() -> DamagedPictures.decodeInTime(file))
                .hasMessageContaining("4096 segments");
    }

    @ParameterizedTest
    @CsvSource({"c3, lossless", "c9, arithmetic-coded"})
    void rareKindsOfJpegAreRefusedByName(String marker, String kind) throws IOException {
        byte[] whole = Files.readAllBytes(Golden.picture("decode_jpeg_baseline_444.jpg"));
        int frame = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
        whole[frame + 1] = (byte) Integer.parseInt(marker, 16);
        Path file = write(whole);
        assertThatThrownBy(() -> Golden.decode(file)).hasMessageContaining(kind);
    }

    /** 500 files with one to eight damaged bytes, cuts and repeats, from a fixed seed. */
    @Test
    void damagedFilesEndInAPictureOrInOneException() throws IOException {
        Random random = new Random(20_261_121);
        List<Path> sources = Golden.decoded().map(row -> Golden.picture(row.file())).toList();
        int refused = new DamagedPictures(sources, false).refused(random, folder);
        assertThat(refused).isBetween(250, 499);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("picture"), bytes);
    }

    private static byte[] png(int width, int height, int depth, int kind, byte[] data) {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(height).put((byte) depth).put((byte) kind);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        file.writeBytes(chunk("IHDR", header.array()));
        file.writeBytes(chunk("IDAT", data));
        file.writeBytes(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length);
        chunk.putInt(data.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
        CRC32 sum = new CRC32();
        sum.update(chunk.array(), 4, 4 + data.length);
        return chunk.putInt((int) sum.getValue()).array();
    }

    private static byte[] deflate(byte[] data) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(data);
            deflater.finish();
            byte[] packed = new byte[data.length / 100 + 1000];
            return Arrays.copyOf(packed, deflater.deflate(packed));
        }
    }
}
