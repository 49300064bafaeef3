package dev.snug.speech.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Recordings of every format that is read. The oracles are what ffmpeg, oggdec and opusdec find in
 * the same files, which make_sounds.py has; what differs is rounding to int16.
 */
final class SoundReaderTest {
    @ParameterizedTest
    @CsvSource({
        "alaw.wav,24000,60",
        "mulaw.wav,24000,60",
        "rf64.wav,24000,120",
        "w24.wav,44100,60",
        "mono.flac,24000,120",
        "fixed.flac,24000,120",
        "stereo24.flac,48000,60",
        "mono.mp3,24000,50",
        "stereo.mp3,44100,50",
        "low.mp3,8000,50",
        "plain.mp3,24000,50",
        "mono.ogg,24000,50",
        "stereo.ogg,44100,50",
        "mono.opus,48000,50",
        "stereo.opus,48000,50",
        "celt.opus,48000,50"
    })
    void recordingsAreThoseThatFfmpegFinds(String name, int rate, double decibels)
            throws IOException {
        Recording read = SoundReader.read(Sounds.file(name), 60);
        float[] expected = Sounds.expected(name);

        assertThat(read.rate()).isEqualTo(rate);
        assertThat(read.samples()).hasSameSizeAs(expected);
        assertThat(Sounds.likeness(expected, read.samples())).isGreaterThan(decibels);
    }

    @Test
    void whatAFileIsSaysItsContentAndNotItsName(@TempDir Path folder) throws IOException {
        Path named = Files.copy(Sounds.file("mono.flac"), folder.resolve("voice.mp3"));
        assertThat(SoundReader.read(named, 60).samples())
                .isEqualTo(SoundReader.read(Sounds.file("mono.flac"), 60).samples());
    }

    @Test
    void tagsBeforeTheSoundAreLeftOut() throws IOException {
        byte[] flac = Files.readAllBytes(Sounds.file("mono.flac"));
        byte[] tag = "ID3\4\0\0\0\0\1\1".getBytes(ISO_8859_1);
        byte[] tagged = Arrays.copyOf(tag, tag.length + 129 + flac.length);
        System.arraycopy(flac, 0, tagged, tag.length + 129, flac.length);
        assertThat(read(tagged, 60).samples()).isEqualTo(read(flac, 60).samples());
        refused(tag, 60, "is cut short inside its tags");
    }

    @ParameterizedTest
    @CsvSource({"mono.flac", "mono.mp3", "mono.ogg", "mono.opus", "rf64.wav"})
    void aRecordingOverTheLimitIsRefused(String name) throws IOException {
        refused(Files.readAllBytes(Sounds.file(name)), 0.1, "is longer than 0.1 s: at least 0.");
    }

    @ParameterizedTest
    @CsvSource({"mono.flac", "mono.mp3", "mono.ogg", "mono.opus", "rf64.wav"})
    void aRecordingThatMemoryHasNoRoomForIsRefusedAsThat(String name) throws IOException {
        Path file = Sounds.file(name);
        int count = SoundReader.read(file, 60).samples().length;

        assertThat(SoundReader.read(file, 60, count).samples()).hasSize(count);
        assertThatThrownBy(() -> SoundReader.read(file, 60, count - 1))
                .isInstanceOf(SoundException.class)
                .hasMessageContaining("takes more memory than there is: at least ")
                .hasMessageContaining("convert it to 24000 a second");
    }

    @Test
    void formatsThatAreNotReadAreNamed() throws IOException {
        refused(
                Files.readAllBytes(Sounds.file("refused.m4a")),
                60,
                "is AAC or another sound in MP4");
        refused(Files.readAllBytes(Sounds.file("refused.aiff")), 60, "is AIFF");
        refused(new byte[] {-1, -15, 80, -128}, 60, "is AAC (ADTS)");
        refused(new byte[] {0x30, 0x26, (byte) 0xb2, 0x75}, 60, "is WMA");
        refused("#!AMR\n".getBytes(ISO_8859_1), 60, "is AMR");
        refused("not a sound".getBytes(ISO_8859_1), 60, "Convert it, for example: ffmpeg -i IN");
        refused(new byte[0], 60, "is empty");
    }

    @Test
    void aFileThatNeverEndsIsRefusedInTime() {
        // Frames of MP3 whose header is right, for ever: one second of them is more than the limit.
        InputStream endless =
                new InputStream() {
                    private int at;

                    @Override
                    public int read() {
                        int place = at++ % 144;
                        return place < 4 ? new int[] {0xff, 0xf3, 0x64, 0xc4}[place] : 0;
                    }

                    @Override
                    public int read(byte[] bytes, int from, int length) {
                        for (int i = 0; i < length; i++) {
                            bytes[from + i] = (byte) read();
                        }
                        return length;
                    }
                };
        assertThatThrownBy(() -> SoundReader.read(endless, "voice.wav", 1))
                .isInstanceOf(SoundException.class)
                .hasMessageContaining("is longer than 1.0 s");
    }

    private static void refused(byte[] bytes, double secondsMax, String message) {
        assertThatThrownBy(() -> read(bytes, secondsMax))
                .isInstanceOf(SoundException.class)
                .hasMessageStartingWith("voice.wav ")
                .hasMessageContaining(message);
    }

    private static Recording read(byte[] bytes, double secondsMax) throws IOException {
        return SoundReader.read(new ByteArrayInputStream(bytes), "voice.wav", secondsMax);
    }
}
