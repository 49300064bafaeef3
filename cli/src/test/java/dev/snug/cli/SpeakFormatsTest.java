package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.sound.Resampling;
import dev.snug.speech.sound.SoundReader;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code snug speak} in every format. The oracle is the WAV file of the same text, whose samples
 * the others have to have as many of.
 */
final class SpeakFormatsTest {
    private static final String TEXT = "Về nhà thôi em, trời tối rồi.";

    @TempDir private Path home;
    @TempDir private Path folder;

    private FakeSpeech console;

    @BeforeEach
    void install() {
        console = new FakeSpeech(home).with("tiny", Family.VIETVOICE);
    }

    @ParameterizedTest
    @CsvSource({"a.flac,fLaC", "a.mp3,ID3", "a.opus,OggS", "a.ogg,OggS", "a.WAV,RIFF"})
    void theEndingSaysTheFormatAndNoSampleIsLost(String name, String start) throws IOException {
        byte[] file = spoken(name);

        assertThat(new String(file, 0, start.length(), StandardCharsets.US_ASCII)).isEqualTo(start);
        Recording read = SoundReader.read(folder.resolve(name), 60);
        assertThat(Resampling.at(read, 24_000).samples()).hasSize(samples());
    }

    @ParameterizedTest
    @CsvSource({"flac", "mp3", "opus", "wav"})
    void aStreamHasTheFormatThatIsAskedFor(String format) throws IOException {
        console.run("speak", TEXT, "-o", "-", "--format", format).ended(ExitCode.OK);
        byte[] stream = console.standardOutput();

        Recording read = SoundReader.read(new ByteArrayInputStream(stream), "stream", 60);
        int count = Resampling.at(read, 24_000).samples().length;
        if (format.equals("mp3")) {
            // Who reads it is not told where the filling of the last frames begins.
            assertThat(count).isBetween(samples(), samples() + 3 * 576);
        } else {
            assertThat(count).isEqualTo(samples());
        }
    }

    @Test
    void losslessIsLossless() throws IOException {
        spoken("a.flac");
        spoken("a.wav");
        assertThat(SoundReader.read(folder.resolve("a.flac"), 60).samples())
                .isEqualTo(SoundReader.read(folder.resolve("a.wav"), 60).samples());
    }

    @Test
    void tagsAreTheTextTheVoiceAndWhatIsSaid() throws IOException {
        assertThat(new String(spoken("a.flac"), StandardCharsets.UTF_8))
                .contains("TITLE=" + TEXT, "ARTIST=");
        String tagged =
                new String(
                        spoken("b.opus", "--title", "Một", "--album", "Hai"),
                        StandardCharsets.UTF_8);
        assertThat(tagged).contains("TITLE=Một", "ALBUM=Hai");
    }

    @Test
    void theBitRateIsObeyed() throws IOException {
        int small = spoken("a.mp3", "--bitrate", "32").length;
        assertThat(spoken("b.mp3", "--bitrate=128").length).isGreaterThan(2 * small);
    }

    private byte[] spoken(String name, String... more) throws IOException {
        Path file = folder.resolve(name);
        String[] line = new String[4 + more.length];
        System.arraycopy(new String[] {"speak", TEXT, "-o", file.toString()}, 0, line, 0, 4);
        System.arraycopy(more, 0, line, 4, more.length);
        console.run(line).ended(ExitCode.OK);
        return Files.readAllBytes(file);
    }

    private int samples() throws IOException {
        spoken("want.wav");
        return SoundReader.read(folder.resolve("want.wav"), 60).samples().length;
    }
}
