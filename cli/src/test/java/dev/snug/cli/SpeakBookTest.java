package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.sound.WavReader;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Books from the command line, over networks that compute something simple. The oracles are the
 * same book in other ways: as a stream, in one file, and its samples counted.
 */
final class SpeakBookTest {
    private static final String BOOK =
            """
            Chương 1: Mưa

            Trời mưa rất to. Nước chảy khắp nơi trong vườn.

            Chương 2: Nắng

            Trời nắng đẹp. [pause 400ms] Mọi người ra đồng gặt lúa, ai cũng vui vẻ.
            """;

    private static final int HEADER_BYTES = 80;
    private static final int SAMPLE_BYTES = 2;

    @TempDir private Path home;
    @TempDir private Path folder;

    private FakeSpeech console;
    private Path book;
    private Path wav;

    @BeforeEach
    void install() throws IOException {
        console = new FakeSpeech(home).with("tiny", Family.VIETVOICE);
        book = Files.writeString(folder.resolve("book.txt"), BOOK);
        wav = folder.resolve("out/book.wav");
    }

    private Ran speak(String... more) {
        List<String> line = new ArrayList<>(List.of("speak", "-f", book.toString()));
        line.addAll(List.of(more));
        return console.run(line.toArray(String[]::new));
    }

    private Ran spoken(String... more) {
        List<String> line = new ArrayList<>(List.of("-o", wav.toString()));
        line.addAll(List.of(more));
        return speak(line.toArray(String[]::new)).ended(ExitCode.OK);
    }

    private List<String> files(String folderName) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(folderName))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aBookIsTheSameAsAFileAndAsAStream() throws IOException {
        spoken();
        byte[] file = Files.readAllBytes(wav);
        speak("--raw").ended(ExitCode.OK);

        assertThat(Arrays.copyOfRange(file, HEADER_BYTES, file.length))
                .isEqualTo(console.standardOutput());
        assertThat(files("out")).as("the work folder is gone").containsExactly("book.wav");
    }

    @Test
    void chaptersAreFilesThatAreTheBookTogether() throws IOException {
        spoken();
        byte[] whole = Files.readAllBytes(wav);
        Files.delete(wav);
        Tree figures = spoken("--chapters", "files", "--json").objects().getFirst();

        assertThat(figures.get("output").text()).endsWith("out/book.m3u8");
        assertThat(figures.get("chapters").number()).isEqualTo(2);
        assertThat(figures.get("chunks_kept").number()).isZero();
        assertThat(files("out")).containsExactly("book", "book.m3u8");
        assertThat(files("out/book"))
                .containsExactly("01 - Chương 1 Mưa.wav", "02 - Chương 2 Nắng.wav");
        byte[] first = Files.readAllBytes(folder.resolve("out/book/01 - Chương 1 Mưa.wav"));
        byte[] second = Files.readAllBytes(folder.resolve("out/book/02 - Chương 2 Nắng.wav"));
        assertThat(samples(whole)).startsWith(samples(first)).endsWith(samples(second));
        assertThat(samples(first).length + samples(second).length).isEqualTo(samples(whole).length);
        assertThat(Files.readString(folder.resolve("out/book.m3u8")))
                .startsWith("#EXTM3U\n#EXTINF:")
                .contains(",Chương 1: Mưa\nbook/01 - Chương 1 Mưa.wav\n");
    }

    private static byte[] samples(byte[] wav) {
        return Arrays.copyOfRange(wav, HEADER_BYTES, wav.length);
    }

    @Test
    void subtitlesShowWhatWasWrittenAndEndWithTheSound() throws IOException {
        spoken("--subtitles", "srt,vtt");
        String srt = Files.readString(folder.resolve("out/book.srt"));

        assertThat(srt)
                .startsWith("1\n00:00:00,000 --> ")
                .contains("\nChương 1: Mưa\n", "\nTrời nắng đẹp.\n", "gặt lúa,")
                .doesNotContain("pause");
        assertThat(endMillis(srt))
                .isCloseTo(1000 * WavReader.read(wav, 600).seconds(), within(1.0));
        assertThat(Files.readString(folder.resolve("out/book.vtt"))).startsWith("WEBVTT\n\n00:");

        spoken("--subtitles", "srt", "--chapters", "files");
        assertThat(Files.readString(folder.resolve("out/book/02 - Chương 2 Nắng.srt")))
                .startsWith("1\n00:00:00,000 --> ");
    }

    /** The last end of a SubRip file. */
    private static double endMillis(String srt) {
        String time = srt.substring(srt.lastIndexOf("--> ") + 4).lines().findFirst().orElseThrow();
        return millis(time);
    }

    private static double millis(String time) {
        String[] parts = time.split("[:,]", -1);
        return 3_600_000.0 * Integer.parseInt(parts[0])
                + 60_000.0 * Integer.parseInt(parts[1])
                + 1000.0 * Integer.parseInt(parts[2])
                + Integer.parseInt(parts[3]);
    }

    @Test
    void timesDoNotDriftOverAnHour() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 900; i++) {
            text.append("Trời hôm nay đẹp quá, chúng ta đi dạo nhé, rồi về nhà %d. ".formatted(i))
                    .append(i % 20 == 19 ? "\n\nChương %d\n\n".formatted(i) : "");
        }
        Files.writeString(book, text.append("Đây là câu cuối cùng của cả cuốn sách dài này."));
        spoken("--subtitles", "srt", "--steps", "1");

        String srt = Files.readString(folder.resolve("out/book.srt"));
        double millis = 1000.0 * (Files.size(wav) - HEADER_BYTES) / SAMPLE_BYTES / 24_000;
        assertThat(millis).isGreaterThan(3_600_000);
        assertThat(endMillis(srt)).isCloseTo(millis, within(20.0));
        assertThat(srt.replace('\n', ' ')).contains("Đây là câu cuối cùng của cả cuốn sách");
        spoken("--chapters", "files", "--steps", "1");
        long before = 0;
        for (String name : files("out/book")) {
            if (name.endsWith("Chương 899.wav")) {
                break;
            }
            before += Files.size(folder.resolve("out/book").resolve(name)) - HEADER_BYTES;
        }
        String head = srt.substring(0, srt.indexOf("\nChương 899\n"));
        assertThat(startMillis(head.substring(head.lastIndexOf('\n') + 1)))
                .as("where the files of the chapters before end")
                .isCloseTo(1000.0 * before / SAMPLE_BYTES / 24_000, within(20.0));
    }

    private static double startMillis(String times) {
        return millis(times.substring(0, times.indexOf(' ')));
    }

    @Test
    void aDryRunShowsTheChaptersAndWritesNothing() {
        Ran text = speak("--dry-run").ended(ExitCode.OK);
        Tree json = speak("--dry-run", "--json").ended(ExitCode.OK).objects().getFirst();

        assertThat(text.out())
                .contains("  1      1 chunks  about ", "Chương 1: Mưa\n", "2 chapters, 3 chunks");
        assertThat(json.get("chapters").elements()).hasSize(2);
        assertThat(json.get("chapters").elements().getFirst().keys())
                .containsExactly("title", "chunks", "seconds");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aPlayerGetsTheSoundAsItComes() throws IOException {
        Path heard = folder.resolve("heard.wav");
        Ran ran = speak("--player", "cat > '%s'".formatted(heard)).ended(ExitCode.OK);
        speak("-o", "-").ended(ExitCode.OK);

        assertThat(Files.readAllBytes(heard)).isEqualTo(console.standardOutput());
        assertThat(ran.err()).contains("cat > ").contains("first sound after");
        assertThat(speak("--player", "exit 3").ended(ExitCode.FAILED).err())
                .contains("snug: exit 3 ended");
    }

    @Test
    void aPlayerIsFoundOnThePathOrRefused() throws IOException {
        Path player = Files.writeString(folder.resolve("aplay"), "#!/bin/sh\ncat\n");
        Files.setPosixFilePermissions(player, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(Player.installed("/none:" + folder).name()).isEqualTo("aplay");
        assertThat(speak("--play").ended(ExitCode.USAGE).complaint())
                .startsWith("--play finds none of pw-play, paplay, aplay, ffplay and play;");
    }

    @Test
    void aShortFirstChunkIsOneMoreChunk() {
        int usual = chunks("Trời nắng đẹp, mọi người ra đồng gặt lúa.");
        assertThat(chunks("Trời nắng đẹp, mọi người ra đồng gặt lúa.", "--first-chunk", "1"))
                .isEqualTo(usual + 1);
    }

    private int chunks(String text, String... more) {
        List<String> line = new ArrayList<>(List.of("speak", text, "--dry-run", "--json"));
        line.addAll(List.of(more));
        return console.run(line.toArray(String[]::new))
                .ended(ExitCode.OK)
                .objects()
                .getFirst()
                .get("chunks")
                .elements()
                .size();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--chapters -o a.wav | wav has no place for chapter marks; give --chapters files",
                "--chapters files -o - | need a sound file",
                "--subtitles srt --raw | need a sound file",
                "--restart -o a.wav --noise a.npy | need a sound file",
                "--subtitles txt | expected one of [SRT, VTT]",
                "--play -o a.wav | leave one of them out",
                "--first-chunk 0.1 | --first-chunk 0.1 is out of range 0.5 to 43.0 s",
                "--first-chunk NaN | is out of range",
                "--first-chunk 2 --compat f5 | leave out --first-chunk",
                "--dump d | --dump takes one text at a time",
            })
    void whatCannotBeDoneIsRefused(String options, String message) throws IOException {
        assertThat(speak(options.split(" ", -1)).ended(ExitCode.USAGE).complaint())
                .contains(message);
        assertThat(files(".")).containsExactly("book.txt");
    }

    @Test
    void aPartThatCannotBeSpokenIsNamed() throws IOException {
        Files.writeString(book, "Chương 1\n\nMột.\n\nChương 2\n\nHai <break time=\"99s\"/>\n");
        assertThat(speak("-o", wav.toString()).ended(ExitCode.USAGE).complaint()).contains("99s");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
