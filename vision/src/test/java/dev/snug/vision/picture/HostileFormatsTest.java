package dev.snug.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * WebP, GIF, BMP and TIFF files made to hurt. The oracle is the contract: each ends within seconds
 * in a picture or in a {@link PictureException}, and what is over a limit is refused before memory
 * is spent on it.
 */
class HostileFormatsTest {
    private static final int LARGE = 65_535;

    @TempDir Path folder;

    /** 500 files of each format with damaged bytes, cuts and repeats, from a fixed seed. */
    @ParameterizedTest
    @ValueSource(strings = {"webp", "gif", "bmp", "tif"})
    void damagedFilesEndInAPictureOrInOneException(String ending) throws IOException {
        Random random = new Random(20_261_122);
        List<Path> sources =
                Golden.decoded()
                        .filter(row -> row.file().endsWith(ending))
                        .map(row -> Golden.picture(row.file()))
                        .toList();
        int refused = new DamagedPictures(sources, true).refused(random, folder);
        // Damaged samples of a file without check sums are other samples.
        assertThat(refused).isBetween(100, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gif", "bmp", "tif", "webp lossy", "webp lossless", "webp canvas"})
    void aHundredBytesThatSayFourThousandMegapixelsAreRefusedByTheirHeader(String kind)
            throws IOException {
        Path file = write(bomb(kind));
        assertThatThrownBy(() -> DamagedPictures.decodeInTime(file))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("100,000,000 pixels");
    }

    private static byte[] bomb(String kind) {
        ByteBuffer file = ByteBuffer.allocate(120).order(ByteOrder.LITTLE_ENDIAN);
        switch (kind) {
            case "gif" -> {
                file.put(ascii("GIF89a")).putShort((short) LARGE).putShort((short) LARGE);
                file.put(hex("800000000000ffffff2c00000000")).putInt(-1).put(hex("0002024401003b"));
            }
            case "bmp" -> {
                file.put(ascii("BM")).putInt(120).putInt(0).putInt(54).putInt(40);
                file.putInt(LARGE).putInt(LARGE).putShort((short) 1).putShort((short) 24);
            }
            case "tif" -> {
                file.put(ascii("II*\0")).putInt(8).putShort((short) 6);
                field(file, 256, LARGE);
                field(file, 257, LARGE);
                field(file, 258, 8);
                field(file, 262, 1);
                field(file, 273, 100);
                field(file, 279, 20);
            }
            case "webp lossy" ->
                    file.put(riff("VP8 ")).put(hex("f00100")).put(hex("9d012a")).putInt(0x3fff3fff);
            case "webp lossless" -> file.put(riff("VP8L")).put((byte) 0x2f).putInt(0x0fffffff);
            default -> {
                file.put(riff("VP8X")).putInt(0x10).put(hex("fffffffeffff"));
                file.putInt(4, 112).putInt(16, 10);
                file.put(ascii("VP8L")).putInt(82).put((byte) 0x2f).putInt(0);
            }
        }
        return file.array();
    }

    private static void field(ByteBuffer file, int tag, int value) {
        file.putShort((short) tag).putShort((short) 4).putInt(1).putInt(value);
    }

    private static byte[] riff(String chunk) {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt(112)
                .put(ascii("WEBP"))
                .put(ascii(chunk))
                .putInt(100)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @ParameterizedTest
    @CsvSource({
        "format_noise.gif, ends early",
        "format_interlaced.gif, ends early",
        "decode_bmp_rgb8.bmp, ends early",
        "format_runs8.bmp, ends early",
        "format_gray8.tif, ends early",
        "format_lossless.webp, ends early",
        "format_lossy.webp, ends early",
    })
    void aPictureCutInTheMiddleIsRefused(String name, String words) throws IOException {
        byte[] whole = Files.readAllBytes(Golden.picture(name));
        Path file = write(Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Golden.decode(file))
                .isExactlyInstanceOf(PictureException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({
        "259, 4, packing 4",
        "284, 2, separate planes",
        "317, 3, predictor 3",
        "339, 3, no whole numbers",
        "262, 8, colours of kind 8",
    })
    void kindsOfTiffThatAreNotReadAreRefusedByName(int tag, int value, String name)
            throws IOException {
        byte[] file = Files.readAllBytes(Golden.picture("format_rgb16_predictor.tif"));
        ByteBuffer fields = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int directory = fields.getInt(4);
        // The last field is rewritten: they stand in order, but need not.
        int last = directory + 2 + 12 * (fields.getShort(directory) - 1);
        for (int at = directory + 2; at <= last; at += 12) {
            if (fields.getShort(at) == tag) {
                last = at;
            }
        }
        fields.putShort(last, (short) tag).putShort(last + 2, (short) 3).putInt(last + 4, 1);
        fields.putInt(last + 8, value);
        Path path = write(file);
        assertThatThrownBy(() -> Golden.decode(path))
                .isExactlyInstanceOf(PictureException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("save it as PNG");
    }

    @Test
    void aTileOfGigabytesIsRefusedUndecoded() throws IOException {
        byte[] file = Files.readAllBytes(Golden.picture("format_tiles.tif"));
        ByteBuffer fields = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int directory = fields.getInt(4);
        for (int i = 0; i < fields.getShort(directory); i++) {
            int at = directory + 2 + 12 * i;
            if (fields.getShort(at) == 322 || fields.getShort(at) == 323) {
                fields.putInt(at + 8, 60_000);
            }
        }
        Path path = write(file);
        assertThatThrownBy(() -> DamagedPictures.decodeInTime(path))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("bytes to decode");
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("picture"), bytes);
    }
}
