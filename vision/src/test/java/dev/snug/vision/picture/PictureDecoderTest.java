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
 * The oracle is {@code make_pictures.py} and {@code make_formats.py}: PNG pixels, and those of
 * other files without loss, are computed from the samples they wrote and agree with Pillow's; JPEG
 * pixels are Pillow's (libjpeg-turbo), which differ from other decoders by a few levels, so the
 * tolerance stands beside each file in {@code index.json}.
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
        "'....ftypheic....', HEIC/HEIF, 'On an iPhone: Share, Options, Most Compatible'",
        "'....ftypmif1....', HEIC/HEIF, heif-convert photo.heic photo.jpg",
        "'....ftypavif....', AVIF, avifdec photo.avif photo.png",
        "'....JXL ........', JPEG XL, djxl photo.jxl photo.jpg",
    })
    void whatIsNotReadIsRefusedWithTheWayOut(String head, String title, String wayOut)
            throws IOException {
        Path file = Files.writeString(folder.resolve("picture"), head);
        assertThatThrownBy(() -> Golden.decode(file))
                .isExactlyInstanceOf(PictureException.class)
                .hasMessageContaining(title + " pictures are not read here: save it as JPEG")
                .hasMessageContaining(wayOut);
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
