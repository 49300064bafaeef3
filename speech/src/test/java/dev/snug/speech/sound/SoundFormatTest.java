package dev.snug.speech.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.speech.sound.SoundTags.Chapter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is written in every format. The oracles are the samples that went in, read back; each
 * format's own test has the fields of its file.
 */
final class SoundFormatTest {
    private static final int RATE = 24_000;

    private static final SoundTags TAGS =
            new SoundTags(
                    "Chuyện",
                    "female-north",
                    "Đêm",
                    2,
                    List.of(new Chapter("Một", 0, 12_000), new Chapter("Hai", 12_000, 40_001)));

    @ParameterizedTest
    @CsvSource({
        "a.wav,WAV",
        "a.WAV,WAV",
        "a.b.flac,FLAC",
        "a.mp3,MP3",
        "a.opus,OPUS",
        "a.ogg,OPUS"
    })
    void filesAreWhatTheirNamesEndIn(String name, SoundFormat format) {
        assertThat(SoundFormat.ofName(name)).contains(format);
    }

    @Test
    void whatHasNoEncoderIsRefusedWithTheNearest() {
        assertThat(SoundFormat.ofName("a.m4a")).isEmpty();
        assertThat(SoundFormat.refusal("a.M4A").orElseThrow()).contains("AAC", "nearest is opus");
        assertThat(SoundFormat.refusal("vorbis").orElseThrow()).contains("nearest is opus");
        assertThat(SoundFormat.refusal("a.aiff").orElseThrow()).contains("nearest is wav");
        assertThat(SoundFormat.refusal("a.txt")).isEmpty();
    }

    @Test
    void bitRatesAreThoseOfTheFormat() {
        SoundFormat.MP3.requireKilobits(64);
        SoundFormat.OPUS.requireKilobits(17);
        assertThatThrownBy(() -> SoundFormat.MP3.requireKilobits(65))
                .hasMessageContaining("no 65 kbit/s at 24 kHz, but 8, 16");
        assertThatThrownBy(() -> SoundFormat.OPUS.requireKilobits(5))
                .hasMessageContaining("6 to 256");
        assertThatThrownBy(() -> SoundFormat.FLAC.requireKilobits(64))
                .hasMessageContaining("keeps every sample");
    }

    @ParameterizedTest
    @EnumSource(SoundFormat.class)
    void whatIsWrittenIsReadWithEverySample(SoundFormat format) throws IOException {
        short[] speech = Sounds.repeated(Sounds.speech(), 40_001);
        byte[] file = written(format, speech, 1_000, OptionalInt.empty());
        Recording read = SoundReader.read(new ByteArrayInputStream(file), "voice", 60);

        Recording same = Resampling.at(read, RATE);
        float[] expected = Sounds.scaled(speech);
        assertThat(same.samples()).hasSize(speech.length);
        assertThat(Sounds.later(expected, same.samples(), 50)).isZero();
        boolean isLossless = format == SoundFormat.WAV || format == SoundFormat.FLAC;
        double likeness = Sounds.likeness(expected, same.samples());
        assertThat(likeness).isGreaterThan(isLossless ? 100 : 10);
    }

    @ParameterizedTest
    @EnumSource(SoundFormat.class)
    void bytesFollowFromTheSamplesAndNotFromHowTheyCome(SoundFormat format) throws IOException {
        short[] speech = Sounds.repeated(Sounds.speech(), 30_000);
        assertThat(written(format, speech, 1, OptionalInt.empty()))
                .isEqualTo(written(format, speech, 30_000, OptionalInt.empty()));
    }

    @ParameterizedTest
    @EnumSource(SoundFormat.class)
    void aFileWithoutSamplesIsWhole(SoundFormat format) throws IOException {
        byte[] file = written(format, new short[0], 1, OptionalInt.empty());
        assertThat(file).isNotEmpty();
        assertThatThrownBy(() -> SoundReader.read(new ByteArrayInputStream(file), "voice", 60))
                .isInstanceOf(SoundException.class)
                .hasMessageContaining("has no samples");
    }

    @ParameterizedTest
    @CsvSource({"MP3,24,96", "OPUS,12,48"})
    void moreBitsMakeALargerFile(SoundFormat format, int few, int many) throws IOException {
        short[] speech = Sounds.repeated(Sounds.speech(), 48_000);
        int small = written(format, speech, 5_000, OptionalInt.of(few)).length;
        int large = written(format, speech, 5_000, OptionalInt.of(many)).length;
        assertThat(large).isGreaterThan(2 * small);
        // Two seconds: kilobits times 250 bytes, head and tags beside.
        assertThat(small).isBetween(few * 150, few * 400 + 1_000);
    }

    @ParameterizedTest
    @EnumSource(
            value = SoundFormat.class,
            names = {"FLAC", "OPUS"})
    void commentsSayTitleVoiceAndChapters(SoundFormat format) throws IOException {
        String file =
                new String(
                        written(format, new short[2_400], 100, OptionalInt.empty()),
                        StandardCharsets.UTF_8);
        assertThat(file)
                .contains(
                        "TITLE=Chuyện",
                        "ARTIST=female-north",
                        "ALBUM=Đêm",
                        "TRACKNUMBER=2",
                        "CHAPTER001=00:00:00.000",
                        "CHAPTER001NAME=Một",
                        "CHAPTER002=00:00:00.500",
                        "CHAPTER002NAME=Hai");
    }

    @Test
    void aTextWithoutATitleGivesItsBegin() {
        assertThat(SoundTags.spoken("  Xin\nchào. ", "lan").title()).isEqualTo("Xin chào.");
        String title = SoundTags.spoken("một hai ".repeat(20), "lan").title();
        assertThat(title).endsWith("một…").hasSizeLessThan(62);
    }

    /** The file as it is on the disk at the end: its head put in place. */
    static byte[] written(SoundFormat format, short[] samples, int step, OptionalInt kilobits)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SoundEncoder encoder = format.encoder(out, RATE, TAGS, kilobits);
        try (encoder) {
            for (int from = 0; from < samples.length; from += step) {
                int to = Math.min(samples.length, from + step);
                encoder.write(Arrays.copyOfRange(samples, from, to));
            }
        }
        byte[] file = out.toByteArray();
        byte[] head = encoder.head();
        System.arraycopy(head, 0, file, 0, head.length);
        return file;
    }
}
