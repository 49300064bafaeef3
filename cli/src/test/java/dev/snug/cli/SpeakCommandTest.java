package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.npy.NpyArray;
import dev.snug.speech.npy.NpyFile;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.sound.WavReader;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code snug speak} writes and says, over networks that compute something simple. The oracles
 * are the JSON keys and options of issue 4 and the files on the disk.
 */
final class SpeakCommandTest {
    private static final String TEXT = "Về nhà thôi em, trời tối rồi.";

    @TempDir private Path home;
    @TempDir private Path folder;

    private FakeSpeech console;
    private String wav;

    @BeforeEach
    void install() {
        console = new FakeSpeech(home).with("tiny", Family.VIETVOICE);
        wav = folder.resolve("a/b/hello.wav").toString();
    }

    @Test
    void aWavFileAppearsWithItsFoldersAndItsLength() throws IOException {
        Ran ran = console.run("speak", TEXT, "-o", wav).ended(ExitCode.OK);

        Recording spoken = WavReader.read(Path.of(wav), 60);
        assertThat(spoken.rate()).isEqualTo(24_000);
        assertThat(Files.size(Path.of(wav))).isEqualTo(80 + 2L * spoken.samples().length);
        assertThat(ran.out())
                .startsWith(wav + "  %.2f s of speech in ".formatted(spoken.seconds()))
                .contains("voice ", "peak memory ");
        assertThat(ran.err()).isEqualTo("snug: speaking chunk 1 of 1\n");
        assertThat(files(folder.resolve("a/b"))).containsExactly("hello.wav");
    }

    @Test
    void figuresForProgramsHaveTheseKeys() throws IOException {
        Tree figures =
                console.run("speak", TEXT, "-o", wav, "--json", "--seed=7", "--steps=7")
                        .ended(ExitCode.OK)
                        .objects()
                        .getFirst();

        assertThat(figures.keys())
                .containsExactly(
                        "output",
                        "seconds_audio",
                        "seconds",
                        "rtf",
                        "first_audio_seconds",
                        "steps",
                        "chunks",
                        "peak_rss_bytes",
                        "memory_limit_bytes",
                        "model",
                        "voice",
                        "seed",
                        "provider",
                        "provider_asked",
                        "provider_reason",
                        "unread");
        assertThat(figures.get("output").text()).isEqualTo(wav);
        assertThat(figures.get("steps").number()).isEqualTo(7);
        assertThat(figures.get("seconds_audio").number())
                .isCloseTo(WavReader.read(Path.of(wav), 60).seconds(), within(1e-3));
        assertThat(figures.get("seed").number()).isEqualTo(7);
        assertThat(figures.get("voice").text()).isIn("news_female", "story_male");
    }

    @Test
    void soundGoesToStandardOutputAsWavOrRaw() throws IOException {
        console.run("speak", TEXT, "-o", wav).ended(ExitCode.OK);
        byte[] file = Files.readAllBytes(Path.of(wav));

        Ran streamed = console.run("speak", TEXT, "-o", "-").ended(ExitCode.OK);
        byte[] stream = console.standardOutput();
        console.run("speak", TEXT, "--raw").ended(ExitCode.OK);
        byte[] raw = console.standardOutput();

        byte[] samples = Arrays.copyOfRange(file, 80, file.length);
        assertThat(raw).isEqualTo(samples);
        assertThat(Arrays.copyOfRange(stream, 80, stream.length)).isEqualTo(samples);
        assertThat(WavReader.read(new ByteArrayInputStream(stream), "stream", 60).samples())
                .hasSize(samples.length / 2);
        assertThat(streamed.err()).contains("standard output  ");
    }

    @Test
    void theSameSeedGivesTheSameFile() throws IOException {
        byte[] first = spoken("--seed=5", "--voice=news_female");
        assertThat(spoken("--seed=5", "--voice=news_female")).isEqualTo(first);
        assertThat(spoken("--seed=6", "--voice=news_female")).isNotEqualTo(first);
        assertThat(spoken("--seed=5", "--gender=female")).isEqualTo(first);
    }

    private byte[] spoken(String... options) throws IOException {
        Stream<String> all =
                Stream.of(Stream.of("speak", TEXT, "-o", wav), Stream.of(options)).flatMap(s -> s);
        console.run(all.toArray(String[]::new)).ended(ExitCode.OK);
        return Files.readAllBytes(Path.of(wav));
    }

    @Test
    void textComesFromAFileOrStandardInputToo() throws IOException {
        Path file = Files.writeString(folder.resolve("text.txt"), "\ufeff" + TEXT);
        byte[] expected = spoken();

        console.run("speak", "-f", file.toString(), "-o", wav).ended(ExitCode.OK);
        assertThat(Files.readAllBytes(Path.of(wav))).isEqualTo(expected);
        console.typing(TEXT).run("speak", "-", "-o", wav).ended(ExitCode.OK);
        assertThat(Files.readAllBytes(Path.of(wav))).isEqualTo(expected);
        // The same letters, each mark a character of its own.
        String decomposed = Normalizer.normalize(TEXT, Normalizer.Form.NFD);
        console.run("speak", decomposed, "-o", wav).ended(ExitCode.OK);
        assertThat(Files.readAllBytes(Path.of(wav))).isEqualTo(expected);
    }

    @Test
    void aDryRunShowsThePlanAndWritesNothing() {
        String[] line = {
            "speak",
            TEXT + " Một hai ba bốn!",
            "-o",
            wav,
            "--dry-run",
            "--chunk-seconds=5",
            "--skip-guidance=20-31,0",
            "--reuse-guidance=2-4,6"
        };
        Ran text = console.run(line).ended(ExitCode.OK);
        String[] withJson = Arrays.copyOf(line, line.length + 1);
        withJson[line.length] = "--json";
        Tree json = console.run(withJson).ended(ExitCode.OK).objects().getFirst();

        assertThat(text.out())
                .contains("model tiny, voice ", "141 frames", " tokens ", "32 steps at 0.0000")
                .contains("guidance 2.0 but for steps [0, 20, ", "2 chunks, about ")
                .contains("31], used again on steps [2, 3, 4, 6]\n");
        assertThat(json.keys())
                .containsExactly(
                        "model",
                        "voice",
                        "seed",
                        "reference_seconds",
                        "reference_frames",
                        "chunks",
                        "steps",
                        "times",
                        "guidance",
                        "unguided_steps",
                        "reused_guidance_steps",
                        "unread",
                        "memory");
        assertThat(json.get("chunks").elements()).hasSize(2);
        assertThat(json.get("chunks").elements().getFirst().keys())
                .containsExactly("text", "tokens", "frames", "seconds");
        assertThat(json.get("times").elements()).hasSize(33);
        assertThat(json.get("unguided_steps").elements()).hasSize(13);
        assertThat(json.get("reused_guidance_steps").elements()).hasSize(4);
        assertThat(Path.of(wav)).doesNotExist();
    }

    @Test
    void compatOfVietVoiceHas31Steps() {
        Ran ran =
                console.run(
                                "speak",
                                TEXT,
                                "--dry-run",
                                "--json",
                                "--compat=vietvoice",
                                "--steps=32")
                        .ended(ExitCode.OK);
        assertThat(ran.objects().getFirst().get("steps").number()).isEqualTo(31);

        Ran refused = console.run("speak", TEXT, "--compat=vietvoice", "--steps=16", "-o", wav);
        assertThat(refused.ended(ExitCode.USAGE).complaint()).contains("t = 0.275");
        assertThat(Path.of(wav)).doesNotExist();
    }

    @Test
    void timesThatAModelDoesNotHaveAreTold() {
        Ran ran =
                console.onAGrid()
                        .run("speak", TEXT, "--dry-run", "--json", "--steps=16")
                        .ended(ExitCode.OK);
        assertThat(ran.err())
                .isEqualTo(
                        "snug: the times of this model are fixed: its 31 steps begin at those next"
                                + " to the ones asked for (--dry-run shows them)\n");
        Ran f5 = console.run("speak", TEXT, "--compat=f5", "-o", wav).ended(ExitCode.USAGE);
        assertThat(f5.complaint()).startsWith("--compat f5 with 32 steps needs times");
        assertThat(console.run("speak", TEXT, "--dry-run").ended(ExitCode.OK).err()).isEmpty();
    }

    @Test
    void stagesAreWrittenAndNoiseIsReadBack() throws IOException {
        Path stages = folder.resolve("stages");
        console.run("speak", TEXT, "-o", wav, "--dump", stages.toString()).ended(ExitCode.OK);
        byte[] expected = Files.readAllBytes(Path.of(wav));
        String noise = stages.resolve("chunk-001-noise.npy").toString();
        NpyArray values = NpyFile.read(Path.of(noise), 1_000_000);
        assertThat(values.shape().getLast()).isEqualTo(100);

        console.run("speak", TEXT, "-o", wav, "--seed=1", "--voice=news_female", "--noise", noise)
                .ended(ExitCode.OK);
        assertThat(Files.readAllBytes(Path.of(wav))).isEqualTo(expected);

        Ran other = console.run("speak", TEXT + " Một hai.", "--noise", noise, "-o", wav);
        assertThat(other.ended(ExitCode.USAGE).err())
                .contains("the given noise has " + values.shape().getFirst() + " frames");
        String tokens = stages.resolve("chunk-001-tokens.npy").toString();
        Ran wrong = console.run("speak", TEXT, "--noise", tokens).ended(ExitCode.USAGE);
        assertThat(wrong.complaint()).contains("of int32; float32 [frames, 100] is needed");
        assertThat(Files.readAllBytes(Path.of(wav))).isEqualTo(expected);
    }

    @Test
    void charactersThatAreNotReadAreToldInOneLine() {
        Ran ran = console.run("speak", "Giá 5 世 và 7 世.", "-o", wav).ended(ExitCode.OK);

        assertThat(ran.err().lines())
                .containsExactly("snug: speaking chunk 1 of 1", "snug: the model does not read 世");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32})
    void aRecordingOfAnyKindIsAVoice(int bits) throws IOException {
        Path file = folder.resolve("me.wav");
        if (bits == 32) {
            Recordings.floats(file, 0, 2);
        } else {
            Recordings.pcm(file, bits, 7, 2);
        }
        console.run(
                        "speak",
                        TEXT,
                        "-o",
                        wav,
                        "--reference-audio",
                        file.toString(),
                        "--reference-text",
                        "Một hai ba bốn năm sáu.")
                .ended(ExitCode.OK);
        assertThat(Path.of(wav)).exists();
    }

    @Test
    void aReferenceLongerThanTheChunkIsRefused() {
        Ran ran =
                console.run("speak", TEXT.repeat(3), "--chunk-seconds=1.2", "-o", wav)
                        .ended(ExitCode.USAGE);

        assertThat(ran.complaint()).contains("the reference of 1.5 s leaves no room");
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void anotherKindOfModelDoesNotSpeak() {
        Ran ran = console.run("speak", TEXT, "--model=none").ended(ExitCode.FAILED);
        assertThat(ran.complaint()).startsWith("there is no model none in ");
        console.with("second", Family.F5);
        assertThat(console.run("speak", TEXT).ended(ExitCode.FAILED).complaint())
                .contains("second, tiny. Say which: --model NAME");
        console.run("models", "use", "second").ended(ExitCode.OK);
        console.run("speak", TEXT, "-o", wav).ended(ExitCode.OK);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
