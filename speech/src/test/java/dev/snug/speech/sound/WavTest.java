package dev.snug.speech.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.speech.StageGolden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;

import javax.sound.sampled.AudioSystem;

/**
 * WAV in and out. The oracles are a file that libsndfile 1.2 (soundfile 0.14) wrote, the JDK's own
 * reader for the reference recording, and the definition of each sample format.
 */
final class WavTest {
    /** soundfile.write(…, int16 [1, -2, 3], 24000, format="WAVEX"). */
    private static final String LIBSNDFILE =
            "524946464e00000057415645666d742028000000feff0100c05d000080bb00000200100016001000"
                    + "0400000001000000000010008000"
                    + "00aa00389b71"
                    + "6661637404000000030000006461746106000000"
                    + "0100feff0300";

    @Test
    void filesAreThoseOfLibsndfile() throws IOException {
        assertThat(HexFormat.of().formatHex(written(OptionalLong.of(3), new short[] {1, -2, 3})))
                .isEqualTo(LIBSNDFILE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasWrittenIsRead(boolean isLengthKnown) throws IOException {
        short[] samples = Lcg.wave(1, 30_000, 5_000);
        OptionalLong promised =
                isLengthKnown ? OptionalLong.of(samples.length) : OptionalLong.empty();
        Recording read = read(written(promised, samples), 60);
        assertThat(read.rate()).isEqualTo(24_000);
        assertThat(read.samples()).hasSize(samples.length);
        for (int i = 0; i < samples.length; i++) {
            assertThat(read.samples()[i]).isEqualTo(samples[i] / 32768f);
        }
    }

    @Test
    void aPromiseOfSamplesIsKept() throws IOException {
        WavWriter writer = new WavWriter(new ByteArrayOutputStream(), 24_000, OptionalLong.of(4));
        writer.write(new short[3]);
        assertThat(writer.written()).isEqualTo(3);
        assertThatThrownBy(writer::close)
                .hasMessage("the header promises 4 samples and 3 were written");
        assertThatThrownBy(() -> WavWriter.header(24_000, OptionalLong.of(1L << 31)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theReferenceRecordingIsReadAsByTheJdk() throws Exception {
        Recording read = WavReader.read(StageGolden.file("reference.wav"), 60);
        assertThat(read.samples()).hasSize(36_000);
        assertThat(read.seconds()).isEqualTo(1.5);
        try (var jdk =
                AudioSystem.getAudioInputStream(StageGolden.file("reference.wav").toFile())) {
            byte[] bytes = jdk.readAllBytes();
            for (int i = 0; i < 36_000; i++) {
                int sample = (bytes[2 * i] & 0xff) | bytes[2 * i + 1] << 8;
                assertThat(read.samples()[i]).isEqualTo(sample / 32768f);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1,8,00,-1",
        "1,8,80,0",
        "1,8,ff,0.9921875",
        "1,16,0080,-1",
        "1,16,0100,0.000030517578125",
        "1,24,000080,-1",
        "1,24,ffff7f,0.99999988079071044921875",
        "1,24,00ffff,-0.000030517578125",
        "1,32,00000080,-1",
        "1,32,00000040,0.5",
        "3,32,0000003f,0.5",
        "3,64,000000000000e0bf,-0.5"
    })
    void everyDepthIsRead(int kind, int bits, String sample, float value) throws IOException {
        Wav plain = new Wav().format(kind, 1, 8_000, bits).data(sample.repeat(3));
        assertThat(read(plain.bytes(), 60).samples()).containsExactly(value, value, value);
        Wav extended = new Wav().extended(kind, 1, 8_000, bits).data(sample);
        assertThat(read(extended.bytes(), 60).samples()).containsExactly(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 64})
    void channelsAreMixedToTheirMean(int channels) throws IOException {
        // 0, 1, 2 ... of 128 in each frame; two frames.
        StringBuilder frame = new StringBuilder();
        for (int channel = 0; channel < channels; channel++) {
            frame.append("%02x".formatted(0x80 + channel));
        }
        Wav wav = new Wav().format(1, channels, 44_100, 8).data(frame.toString().repeat(2));
        float mean = (channels - 1) / 2f / 128;
        assertThat(read(wav.bytes(), 60).samples()).hasSize(2);
        assertThat(read(wav.bytes(), 60).samples()[1]).isCloseTo(mean, within(1e-7f));
    }

    @Test
    void otherChunksAreSkippedOddOnesWithTheirPadding() throws IOException {
        Wav wav =
                new Wav()
                        .chunk("LIST", new byte[7])
                        .chunk("junk", new byte[0])
                        .format(1, 1, 8_000, 16)
                        .chunk("cue ", new byte[] {1})
                        .data("0040")
                        .chunk("id3 ", new byte[9]);
        assertThat(read(wav.bytes(), 60).samples()).containsExactly(0.5f);
    }

    @Test
    void filesThatAreNoRecordingAreRefused() {
        refused(new byte[0], "voice.wav is empty");
        refused("ID3 some music".getBytes(UTF_8), "is not a WAV file; convert it");
        refused("RIFF".getBytes(UTF_8), "is not a WAV file");
        refused("RIFX0000WAVE".getBytes(UTF_8), "is not a WAV file");
        refused(new Wav().bytes(), "cut short before its samples");
        refused(new Wav().data("0000").bytes(), "samples before their format");
        refused(new Wav().format(1, 1, 8_000, 16).data("").bytes(), "has no samples");
        refused(
                new Wav().format(1, 1, 8_000, 16).data("00000000").cut(2).bytes(),
                "cut short: it promises 2 samples and has 1");
        refused(
                new Wav().format(1, 1, 8_000, 16).chunk("LIST", new byte[99]).cut(50).bytes(),
                "cut short inside its chunk 'LIST'");
        byte[] chunks = new Wav().many("junk", 1_001).bytes();
        refused(chunks, "more than 1000 chunks");
    }

    @Test
    void formatsThatAreNotReadAreRefused() {
        refused(new Wav().format(1, 1, 8_000, 12).data("0000").bytes(), "kind 1 with 12 bits");
        refused(new Wav().format(0x55, 1, 8_000, 16).data("0000").bytes(), "kind 85 with 16 bits");
        refused(new Wav().format(1, 0, 8_000, 16).data("0000").bytes(), "has 0 channels");
        refused(new Wav().format(1, 65, 8_000, 16).data("0000").bytes(), "has 65 channels");
        refused(new Wav().format(1, 1, 0, 16).data("0000").bytes(), "has 0 samples a second");
        refused(new Wav().format(1, 1, -1, 16).data("0000").bytes(), "4294967295 samples a second");
        refused(new Wav().chunk("fmt ", new byte[15]).bytes(), "a format of 15 bytes");
        refused(new Wav().length("fmt ", -1).bytes(), "a format of 4294967295 bytes");
        refused(
                new Wav()
                        .chunk(
                                "fmt ",
                                new byte[] {1, 0, 1, 0, 64, 31, 0, 0, 0, 0, 0, 0, 3, 0, 16, 0})
                        .bytes(),
                "3 bytes a frame, but 1 channels of 16 bits take 2");
    }

    @Test
    void valuesThatAreNoNumbersAreRefused() {
        refused(
                new Wav().format(3, 1, 8_000, 32).data("0000003f" + "0000c07f").bytes(),
                "no finite number at sample 1");
        refused(
                new Wav().format(3, 1, 8_000, 64).data("000000000000f07f").bytes(),
                "no finite number at sample 0");
        refused(
                new Wav().format(3, 1, 8_000, 64).data("ffffffffffffef7f").bytes(),
                "no finite number at sample 0");
    }

    @Test
    void aRecordingOverTheLimitIsRefusedBeforeMemoryIsTaken() {
        Wav promised = new Wav().format(1, 1, 1_000, 16).length("data", 1 << 30);
        refused(promised.bytes(), "is longer than 60.0 s: at least 536870.9 s");
        byte[] endless =
                Arrays.copyOf(new Wav().format(1, 1, 1_000, 8).length("data", -1).bytes(), 200_000);
        refused(endless, "is longer than 60.0 s");
    }

    private static void refused(byte[] bytes, String message) {
        assertThatThrownBy(() -> read(bytes, 60))
                .isInstanceOf(SoundException.class)
                .hasMessageStartingWith("voice.wav ")
                .hasMessageContaining(message);
    }

    private static Recording read(byte[] bytes, double secondsMax) throws IOException {
        return WavReader.read(new ByteArrayInputStream(bytes), "voice.wav", secondsMax);
    }

    private static byte[] written(OptionalLong promised, short[] samples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (WavWriter writer = new WavWriter(out, 24_000, promised)) {
            writer.write(Arrays.copyOf(samples, samples.length / 2));
            writer.write(Arrays.copyOfRange(samples, samples.length / 2, samples.length));
        }
        return out.toByteArray();
    }
}
