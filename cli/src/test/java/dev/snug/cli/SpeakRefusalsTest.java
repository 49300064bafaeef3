package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code snug speak} refuses before it looks for a model: none is installed here. Each gives
 * one line and leaves no file. The list is that of issue 4.
 */
final class SpeakRefusalsTest {
    @TempDir private Path folder;
    @TempDir private Path home;

    private Console console;

    @BeforeEach
    void open() {
        console = Console.at(home);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--steps 0 | steps 0 is out of range 1 to 1000",
                "--steps 1001 | steps 1001 is out of range 1 to 1000",
                "--steps x | Invalid value for option '--steps'",
                "--speed -1 | speed -1.0 is out of range 0.1 to 10.0",
                "--speed NaN | speed NaN is out of range 0.1 to 10.0",
                "--cfg -1 | cfg -1.0 is out of range 0 to 20.0",
                "--cfg 21 | cfg 21.0 is out of range 0 to 20.0",
                "--chunk-seconds 44 | chunk-seconds 44.0 is out of range 1.0 to 43.0",
                "--min-seconds -1 | min-seconds -1.0 is out of range 0.0 to 43.0",
                "--fix-duration 0 | fix-duration 0.0 is out of range 0.1 to 43.0",
                "--cross-fade -0.1 | --cross-fade -0.1 is out of range 0 to 5 s",
                "--cross-fade 6 | --cross-fade 6.0 is out of range 0 to 5 s",
                "--skip-guidance 31-20 | ends before it begins",
                "--skip-guidance all | --skip-guidance takes steps such as 20-31",
                "--reuse-guidance 9-8 | --reuse-guidance 9-8 ends before it begins",
                "--reuse-guidance 0-3 | step 0 has no guidance to use again",
                "--skip-guidance 0,3 --reuse-guidance 3 | step 3 cannot both be without guidance",
                "--quality draft --reuse-guidance 3 | --quality chooses steps, schedule and"
                        + " guidance",
                "--threads 257 | threads must be 0 to 256, not 257",
                "--threads -1 | threads must be 0 to 256, not -1",
                "--inter-op-threads 257 | inter-op-threads must be 0 to 256",
                "--precision int9 | is none of fp32, fp16, int8, int4, dynamic-int8",
                "--compat espeak | expected one of [NONE, F5, VIETVOICE]",
                "--schedule cosine | expected one of [UNIFORM, EPSS]",
                "--gender robot | expected one of [MALE, FEMALE]",
                "--arena perhaps | expected one of [ON, OFF]",
                "--weights heavy | expected one of [MAPPED, PREPACKED]",
                "--optimization max | expected one of [NONE, BASIC, EXTENDED, ALL]",
                "--voice a --gender male | --voice names one voice",
                "--reference-audio a.wav | the second is missing",
                "--reference-text a | the first is missing",
                "--raw -o a.wav | --raw writes to standard output",
                "--raw --json | both go to standard output",
                "-o - --json | both go to standard output",
                "-o . | is a folder",
                "-o a.m4a | AAC is not written",
                "--format vorbis | Vorbis is not written",
                "--format xyz | no such format; there are wav, flac, mp3, opus",
                "--format mp3 -o a.wav | contradicts the ending of -o a.wav",
                "--bitrate 65 -o a.mp3 | mp3 has no 65 kbit/s at 24 kHz, but 8, 16",
                "--bitrate 5 --format opus | opus takes 6 to 256 kbit/s, not 5",
                "--bitrate 64 | a bit rate is for mp3 and opus",
                "--raw --format mp3 | --raw is samples without any format",
                "--noise none.npy | none.npy is not a regular file",
                "-f text.txt | give a text or -f FILE, not both",
                "--stepz 3 | Unknown option",
            })
    void anOptionIsObeyedOrRefused(String options, String message) throws IOException {
        List<String> line = new ArrayList<>(List.of("speak", "Một hai."));
        line.addAll(List.of(options.split(" ")));
        refused(message, line.toArray(String[]::new));
    }

    @Test
    void aTextThatCannotBeReadIsRefused() throws IOException {
        refused("the text is empty", "speak", "");
        refused("the text is empty", "speak", " \n\t");
        refused("no letter and no digit", "speak", "?!… — !");
        refused("the text has a NUL at character 3", "speak", "Một\0hai");
        refused("half of a surrogate pair (U+D83D)", "speak", "Một \ud83d hai");
        refused("half of a surrogate pair (U+DE00)", "speak", "\ude00");
        refused("longer than 1048576 bytes", "speak", "Một hai. ".repeat(1_200_000));
        refused("nothing to say", "speak");
    }

    @Test
    void aTextFileIsBoundedAndUtf8() throws IOException {
        Path file = folder.resolve("text.txt");
        refused("no such file", "speak", "-f", file.toString());
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength((64L << 20) + 1);
        }
        refused("a text of at most 67108864 is read", "speak", "-f", file.toString());
        Files.write(file, "Một".getBytes(StandardCharsets.UTF_16));
        refused("is not UTF-8", "speak", "-f", file.toString());
        Files.write(file, new byte[0]);
        refused("has nothing to read aloud", "speak", "-f", file.toString());
        refused("is a folder", "speak", "-f", home.toString());
        refused("the text is empty", "speak", "-");
    }

    @Test
    void aRecordingThatIsNoVoiceIsRefused() throws IOException {
        Path file = folder.resolve("me.wav");
        bad("no such file", file);
        bad("me.wav is empty", Files.write(file, new byte[0]));
        bad("is no sound that is read here", Files.writeString(file, "This is a text."));
        bad("is 0.10 s long; a voice takes 1 to 30 s", Recordings.pcm(file, 16, 1, 0.1));
        bad("is longer than 30.0 s: at least 600.0 s", Recordings.pcm(file, 16, 1, 600));
        bad("has no finite number at sample 0", Recordings.floats(file, Float.NaN, 2));
        bad(
                "has no finite number at sample 0",
                Recordings.floats(file, Float.POSITIVE_INFINITY, 2));
        byte[] whole = Files.readAllBytes(Recordings.pcm(file, 16, 1, 2));
        bad("is cut short", Files.write(file, Arrays.copyOf(whole, 1_000)));
        Arrays.fill(whole, 44, whole.length, (byte) 0);
        bad("is silent", Files.write(file, whole));
    }

    private void bad(String message, Path recording) throws IOException {
        Path wav = folder.resolve("hello.wav");
        Ran ran =
                console.run(
                                "speak",
                                "Một hai.",
                                "-o",
                                wav.toString(),
                                "--reference-audio",
                                recording.toString(),
                                "--reference-text",
                                "Một hai ba.")
                        .ended(ExitCode.FAILED);
        assertThat(ran.complaint()).contains(message);
        assertThat(wav).doesNotExist();
    }

    @Test
    void withoutAModelItSaysHowOneIsMade() throws IOException {
        Ran ran = console.run("speak", "Một hai.").ended(ExitCode.FAILED);

        assertThat(ran.complaint())
                .startsWith("no speech model is installed. ")
                .contains("snug import model-bin.pt")
                .contains("snug import F5TTS_v1_Base --vocos")
                .contains("snug synth-model f5-base NAME");
        assertThat(home).isEmptyDirectory();
    }

    private void refused(String message, String... line) throws IOException {
        Ran ran = console.run(line).ended(ExitCode.USAGE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines().toList()).as("%s", ran.err()).hasSize(2);
        assertThat(ran.complaint()).contains(message);
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).isEmpty();
        }
        assertThat(Path.of("speech.wav")).doesNotExist();
    }
}
