package dev.snug.speech.sound.coding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.sound.Sounds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * MP3 that is written by one library (jump3r) and read by another (jlayer). The oracles are the
 * samples that went in and the fields of LAME's info tag; ffprobe 5.1.9 and mp3info 0.8.5a find
 * such a file whole, and ffmpeg its length to the sample.
 */
final class Mp3CoderTest {
    private static final int RATE = 24_000;
    private static final byte[] TAG = "a tag".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 128})
    void whatIsHeardIsWhatWentInAndBeginsWhereItBegan(int kilobits) throws IOException {
        short[] speech = Sounds.repeated(Sounds.speech(), 24_321);
        byte[] file = written(speech, kilobits);
        Mp3Reader reader = new Mp3Reader(new ByteArrayInputStream(file, TAG.length, file.length));
        float[] heard = new float[speech.length];
        int count = 0;
        for (float[] next = reader.next(); next.length > 0; next = reader.next()) {
            System.arraycopy(next, 0, heard, count, next.length);
            count += next.length;
        }
        assertThat(count).isEqualTo(speech.length);
        assertThat(Sounds.later(Sounds.scaled(speech), heard, 30)).isZero();
        assertThat(Sounds.likeness(Sounds.scaled(speech), heard)).isGreaterThan(10);
    }

    @Test
    void theInformationSaysHowLongItIs() throws IOException {
        int samples = 24_321;
        byte[] file = written(Sounds.repeated(Sounds.speech(), samples), 64);
        ByteBuffer fields = ByteBuffer.wrap(file);
        int at = TAG.length;
        Mp3Frame frame = Objects.requireNonNull(Mp3Frame.of(fields.getInt(at)));
        assertThat(frame).isEqualTo(new Mp3Frame(2, RATE, 1, 192, false));
        int info = at + 13;
        assertThat(new String(file, info, 4, StandardCharsets.US_ASCII)).isEqualTo("Info");
        assertThat(fields.getInt(info + 4)).as("frames, bytes, places").isEqualTo(7);
        int frames = (file.length - at) / 192 - 1;
        assertThat(fields.getInt(info + 8)).isEqualTo(frames);
        assertThat(fields.getInt(info + 12)).isEqualTo(file.length - at);
        int lame = info + 116;
        assertThat(new String(file, lame, 4, StandardCharsets.US_ASCII)).isEqualTo("LAME");
        int gaps = fields.getInt(lame + 20) & 0xffffff;
        assertThat(gaps >>> 12).as("delay").isEqualTo(576);
        assertThat(576 * frames - 576 - (gaps & 0xfff)).isEqualTo(samples);
        assertThat(fields.getInt(lame + 28)).as("music").isEqualTo(file.length - at);
        assertThat(fields.getShort(lame + 32) & 0xffff).isEqualTo(arc(file, at + 192, file.length));
        assertThat(fields.getShort(lame + 34) & 0xffff).isEqualTo(arc(file, at, lame + 34));
    }

    @Test
    void everyFrameIsOneAndTheSameSize() throws IOException {
        byte[] file = written(Sounds.repeated(Sounds.speech(), 20_000), 24);
        Mp3Frames frames = new Mp3Frames(new ByteArrayInputStream(file, TAG.length, file.length));
        assertThat(frames.next()).as("room for the information").hasSize(168);
        int count = 0;
        for (byte[] next = frames.next(); next.length > 0; next = frames.next()) {
            assertThat(next).hasSize(72);
            count++;
        }
        assertThat(TAG.length + 168 + 72 * count).isEqualTo(file.length);
    }

    /** CRC-16/ARC, bit by bit. */
    private static int arc(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            for (int bit = 0; bit < 8; bit++) {
                boolean isOdd = ((sum ^ bytes[i] >> bit) & 1) != 0;
                sum = isOdd ? sum >>> 1 ^ 0xa001 : sum >>> 1;
            }
        }
        return sum;
    }

    private static byte[] written(short[] samples, int kilobits) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Mp3Coder coder = new Mp3Coder(out, RATE, kilobits, TAG);
        coder.write(samples, samples.length);
        coder.end();
        byte[] file = out.toByteArray();
        byte[] head = coder.head();
        System.arraycopy(head, 0, file, 0, head.length);
        return file;
    }
}
