package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.device.Provider;
import dev.snug.speech.bundle.SpeechSettings.Family;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What commands say with {@code --lang vi} of files that they cannot read and of devices that are
 * not there, and their tables. The oracle is the whole line.
 */
final class VietnameseErrorsTest {
    private static final int SHORT = 3;

    @TempDir private Path home;
    private Console pictures;
    private FakeSpeech speech;

    @BeforeEach
    void install() {
        pictures = Console.withTwoInputs(home.resolve("pictures"));
        speech = new FakeSpeech(home.resolve("speech")).with("voice", Family.F5);
    }

    /** A file of {@code bytes}. */
    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(home.resolve(name), bytes);
    }

    /** What is wrong with a command line, without where help is. */
    private static String usage(Ran ran) {
        String err = ran.ended(ExitCode.USAGE).err();
        assertThat(err).startsWith("snug: ").contains("\nXem: snug ");
        return err.substring("snug: ".length(), err.indexOf('\n'));
    }

    private String pictureRefused(Path file) {
        return pictures.run("classify", file.toString(), "--lang=vi")
                .ended(ExitCode.FAILED)
                .complaint();
    }

    /** A TIFF of 2 x 2 pixels that is packed in a way of this number, without any pixel. */
    private static byte[] tiff(int packing) {
        ByteBuffer file = ByteBuffer.allocate(8 + 2 + 3 * 12 + 4).order(ByteOrder.LITTLE_ENDIAN);
        file.put("II".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
        file.putShort((short) 3);
        int[][] fields = {{256, 2}, {257, 2}, {259, packing}};
        for (int[] field : fields) {
            file.putShort((short) field[0]).putShort((short) SHORT).putInt(1).putInt(field[1]);
        }
        return file.putInt(0).array();
    }

    @Test
    void aTiffThatIsNotReadIsSaidInVietnamese() throws IOException {
        Path fax = file("fax.tif", tiff(4));
        Path empty = file("empty.tif", tiff(1));

        assertThat(pictureRefused(fax))
                .isEqualTo(fax + ": TIFF có kiểu nén 4 không đọc được ở đây: hãy lưu thành PNG");
        assertThat(pictureRefused(empty))
                .isEqualTo(empty + ": tệp kết thúc sớm, trước phần 0, ở hàng 0 trên 2");
    }

    @Test
    void otherPicturesThatAreNotReadAreSaidInVietnamese() throws IOException {
        byte[] bitmap = new byte[64];
        bitmap[0] = 'B';
        bitmap[1] = 'M';
        bitmap[14] = 39;
        Path bmp = file("a.bmp", bitmap);
        Path heic =
                file(
                        "a.heic",
                        "\0\0\0\u0018ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.US_ASCII));

        assertThat(pictureRefused(bmp)).isEqualTo(bmp + ": bị hỏng: phần đầu bitmap dài 39 byte");
        assertThat(pictureRefused(heic))
                .startsWith(
                        heic + ": ở đây không đọc ảnh HEIC/HEIF: hãy lưu thành JPEG. Trên iPhone: ")
                .endsWith("Trên Linux: heif-convert photo.heic photo.jpg");
    }

    @Test
    void anEpubThatIsNotReadIsSaidInVietnamese() throws IOException {
        Path text = file("text.epub", "no book".getBytes(StandardCharsets.US_ASCII));
        Path bare = home.resolve("bare.epub");
        try (OutputStream out = Files.newOutputStream(bare);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("META-INF/container.xml"));
            zip.write("<container/>".getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(bookRefused(text))
                .isEqualTo(text + " không phải tệp zip, hoặc bị cắt ngắn; EPUB là một tệp zip");
        assertThat(bookRefused(bare))
                .isEqualTo(bare + " không nêu tài liệu gói nào; đây không phải EPUB");
    }

    private String bookRefused(Path book) {
        String sound = home.resolve("a.mp3").toString();
        return usage(speech.run("speak", "-f", book.toString(), "-o", sound, "--lang=vi"));
    }

    @Test
    void aBookIsToldInVietnameseAndItsTitlesAreLeft() throws IOException {
        Path book =
                file(
                        "b.md",
                        "# It fits.\n\nXin chào.\n\n# Hai\n\nTạm biệt.\n"
                                .getBytes(StandardCharsets.UTF_8));

        assertThat(
                        speech.run("speak", "-f", book.toString(), "--dry-run", "--lang=vi")
                                .ended(ExitCode.OK)
                                .out())
                .contains("  It fits.\n", "  Hai\n")
                .containsPattern("\n2 chương, 2 đoạn, khoảng [0-9]+ s tiếng nói\nbộ nhớ: tối đa ");
    }

    @Test
    void aRecordingThatIsNotReadIsSaidInVietnamese() throws IOException {
        byte[] flac = new byte[64];
        System.arraycopy("fLaC\0\0\0\"".getBytes(StandardCharsets.US_ASCII), 0, flac, 0, 8);
        file("a.flac", flac);
        file(
                "a.m4a",
                "\0\0\0 ftypM4A and so on, and so on, and so on"
                        .getBytes(StandardCharsets.US_ASCII));

        assertThat(recordingRefused("a.flac"))
                .isEqualTo("a.flac bị hỏng: STREAMINFO nằm ngoài khoảng cho phép");
        assertThat(recordingRefused("a.m4a"))
                .isEqualTo(
                        "a.m4a là AAC hoặc âm thanh khác trong MP4 (M4A); chỉ đọc WAV, FLAC, MP3,"
                                + " Ogg Vorbis và Opus. Hãy chuyển đổi, ví dụ: ffmpeg -i VÀO"
                                + " voice.wav");
    }

    private String recordingRefused(String name) {
        String recording = home.resolve(name).toString();
        return speech.run("voice", "add", "me", recording, "--text=Xin chào.", "--lang=vi")
                .ended(ExitCode.FAILED)
                .complaint();
    }

    @Test
    void aProviderThatIsNotThereIsRefusedInVietnamese() {
        assertThat(
                        usage(
                                pictures.run(
                                        "classify",
                                        Golden.picture(2),
                                        "--provider=cuda",
                                        "--lang=vi")))
                .startsWith("--provider cuda: bản ONNX Runtime này không có; hãy giải nén ")
                .endsWith(" của hệ thống. Hoặc để Snug chọn: --provider auto")
                .doesNotContain(Provider.CUDA.step());
        assertThat(usage(pictures.run("classify", "a.png", "--provider=gpu", "--lang=vi")))
                .startsWith("không biết --provider 'gpu'; phải là một trong auto, cpu, cuda");
    }

    @Test
    void theReasonForTheProcessorIsSaidInVietnamese() throws IOException {
        Path plugIn = file("p.so", new byte[] {1});

        assertThat(
                        pictures.run(
                                        "classify",
                                        Golden.picture(2),
                                        "--provider-library=" + plugIn,
                                        "--lang=vi")
                                .ended(ExitCode.OK)
                                .err())
                .contains("snug: đã tính bằng cpu: không nạp được phần cắm thêm " + plugIn + ": ");
    }

    @Test
    void answersAndModelsAreShownInVietnamese() {
        String answer =
                pictures.run("classify", Golden.picture(2), "--lang=vi").ended(ExitCode.OK).out();
        String models = pictures.run("models", "--lang=vi").ended(ExitCode.OK).out();

        assertThat(answer)
                .startsWith(Golden.picture(2) + "  (two)\n")
                .containsPattern("\n  [0-9.]+ s, đỉnh bộ nhớ [0-9]+ MiB\n")
                .contains("Không phải chẩn đoán");
        assertThat(models)
                .containsPattern("two +image-classifier, [0-9,]+ tham số, đầu vào [0-9x]+, fp32 ")
                .containsPattern("\n +từ two_inputs.keras, giấy phép không nêu\n");
    }
}
