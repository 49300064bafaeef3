package dev.snug.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.vision.Npy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The oracle is {@code make_pictures.py}: PNG pixels are computed from the samples it wrote and
 * agree with Pillow's; JPEG pixels are Pillow's (libjpeg-turbo), which differ from other decoders
 * by a few levels, so the tolerance stands beside each file in {@code index.json}.
 */
class PictureDecoderTest {
    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("dev.snug.vision.picture.Golden#decoded")
    void decodesAsPillow(Golden.Decoded golden) {
        Picture picture = Golden.decode(Golden.picture(golden.file()));
        Npy expected = Golden.npy(golden.expected());
        assertThat(new int[] {picture.height(), picture.width(), 3}).isEqualTo(expected.shape());
        double[] difference = Golden.difference(Golden.pixels(picture), expected.values());
        assertThat(difference[0]).as("largest").isLessThanOrEqualTo(golden.tolerance());
        assertThat(difference[1]).as("mean").isLessThanOrEqualTo(golden.mean());
    }

    @ParameterizedTest
    @MethodSource("dev.snug.vision.picture.Golden#decoded")
    void bandsHoldTheSamePixelsAsSingleRows(Golden.Decoded golden) {
        Picture picture = Golden.decode(Golden.picture(golden.file()));
        byte[] all = new byte[3 * picture.width() * picture.height()];
        picture.readRows(0, picture.height(), all);
        assertThat(all).isEqualTo(Golden.pixels(picture));
    }

    @Test
    void formatIsToldByContentAndNotByName() throws IOException {
        Path misnamed = folder.resolve("photo.jpg");
        Files.copy(Golden.picture("decode_rgb8.png"), misnamed);
        assertThat(Golden.decode(misnamed).width()).isEqualTo(48);
    }

    @ParameterizedTest
    @CsvSource({
        "decode_animation.gif, GIF",
        "decode_bmp_rgb8.bmp, BMP",
    })
    void namesAFormatThatIsNotRead(String file, String title) {
        assertThatThrownBy(() -> Golden.decode(Golden.picture(file)))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("a " + title + " picture is not read here")
                .hasMessageContaining("PNG and JPEG");
    }

    @ParameterizedTest
    @CsvSource({
        "'....ftypheic....', HEIC/HEIF",
        "'....ftypmif1....', HEIC/HEIF",
        "'....ftypavif....', AVIF",
        "'RIFF....WEBPVP8 ', WebP",
        "'II*\u0000............', TIFF",
        "'MM\u0000*............', TIFF",
    })
    void namesAFormatByItsSignature(String head, String title) throws IOException {
        Path file = Files.writeString(folder.resolve("picture"), head);
        assertThatThrownBy(() -> Golden.decode(file)).hasMessageContaining("a " + title);
    }

    @ParameterizedTest
    @CsvSource({"'', the file is empty", "hello, not a picture", "B, not a picture"})
    void refusesWhatIsNoPicture(String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("note.png"), content);
        assertThatThrownBy(() -> Golden.decode(file))
                .isExactlyInstanceOf(PictureException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void refusesAFolderAndAMissingFile() {
        assertThatThrownBy(() -> Golden.decode(folder))
                .isExactlyInstanceOf(PictureException.class)
                .hasMessageContaining("not a regular file");
        assertThatThrownBy(() -> Golden.decode(folder.resolve("none.png")))
                .isExactlyInstanceOf(PictureException.class)
                .hasMessageContaining("no such file");
    }
}
