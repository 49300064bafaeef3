package dev.snug.speech.sound.coding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.sound.Sounds;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Opus in Ogg that is written. The oracles are the fields of RFC 7845 and RFC 3533, looked at byte
 * by byte, and the samples that went in; opusinfo of opus-tools 0.2 finds such a file whole.
 */
final class OpusCoderTest {
    private static final int RATE = 24_000;

    /** A page of the file. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Page(int flags, long granule, int sequence, int laces, byte[] body) {}

    @Test
    void theFirstPageIsTheHeadAlone() throws IOException {
        Page page = pages(written(new short[5_000])).getFirst();
        assertThat(page.flags()).as("first").isEqualTo(2);
        assertThat(page.granule()).isZero();
        ByteBuffer head = ByteBuffer.wrap(page.body()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(text(page.body(), 8)).isEqualTo("OpusHead");
        assertThat(page.body()).hasSize(19);
        assertThat(head.get(8)).as("version").isEqualTo((byte) 1);
        assertThat(head.get(9)).as("channels").isEqualTo((byte) 1);
        assertThat(head.getShort(10)).as("6.5 ms at 48,000").isEqualTo((short) 312);
        assertThat(head.getInt(12)).as("rate of what went in").isEqualTo(RATE);
        assertThat(head.getShort(16)).as("gain").isZero();
        assertThat(head.get(18)).as("mapping family").isZero();
    }

    @Test
    void theSecondPageIsTheTagsAlone() throws IOException {
        Page page = pages(written(new short[5_000])).get(1);
        assertThat(page.flags()).isZero();
        assertThat(page.granule()).isZero();
        assertThat(text(page.body(), 16)).isEqualTo("OpusTags\4\0\0\0Snug");
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).endsWith("TITLE=Một");
        assertThat(page.body()[16]).as("comments").isEqualTo((byte) 1);
    }

    @Test
    void timesAreExactToTheSample() throws IOException {
        int samples = 30_001;
        List<Page> pages = pages(written(Sounds.repeated(Sounds.speech(), samples)));
        List<Page> audio = pages.subList(2, pages.size());
        for (int i = 0; i < audio.size() - 1; i++) {
            Page page = audio.get(i);
            assertThat(page.laces()).as("packets of 20 ms in half a second").isEqualTo(25);
            assertThat(page.granule()).isEqualTo(24_000L * (i + 1));
            assertThat(page.flags()).isZero();
        }
        assertThat(audio.getLast().flags()).as("last").isEqualTo(4);
        assertThat(audio.getLast().granule()).isEqualTo(312 + 2L * samples);
        assertThat(pages).extracting(Page::sequence).isEqualTo(numbers(pages.size()));
    }

    @Test
    void whatIsHeardIsWhatWentInAndBeginsWhereItBegan() throws IOException {
        short[] speech = Sounds.repeated(Sounds.speech(), 24_000);
        byte[] file = written(speech);
        OpusReader reader = new OpusReader(new ByteArrayInputStream(file));
        float[] heard = new float[2 * speech.length];
        int count = 0;
        for (float[] next = reader.next(); next.length > 0; next = reader.next()) {
            System.arraycopy(next, 0, heard, count, next.length);
            count += next.length;
        }
        assertThat(count).isEqualTo(heard.length);
        float[] half = new float[speech.length];
        for (int i = 0; i < half.length; i++) {
            half[i] = heard[2 * i];
        }
        assertThat(Sounds.later(Sounds.scaled(speech), half, 30)).isZero();
        assertThat(Sounds.likeness(Sounds.scaled(speech), half)).isGreaterThan(10);
    }

    @Test
    void aTagLongerThanAPageGoesOnOnTheNext() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpusCoder coder = new OpusCoder(out, RATE, 32, List.of("TITLE=" + "a".repeat(140_000)));
        coder.write(new short[2_400], 2_400);
        coder.end();
        List<Page> pages = pages(out.toByteArray());
        assertThat(pages).extracting(Page::flags).containsExactly(2, 0, 1, 1, 4);
        assertThat(pages.get(1).granule()).as("no packet ends on it").isEqualTo(-1);
        OpusReader reader = new OpusReader(new ByteArrayInputStream(out.toByteArray()));
        assertThat(reader.next()).hasSize(4_800);
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static byte[] written(short[] samples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpusCoder coder = new OpusCoder(out, RATE, 32, List.of("TITLE=Một"));
        coder.write(samples, samples.length);
        coder.end();
        assertThat(coder.head()).isEmpty();
        return out.toByteArray();
    }

    private static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** The pages, each with its check sum as RFC 3533 has it, bit by bit. */
    private static List<Page> pages(byte[] file) {
        List<Page> pages = new ArrayList<>();
        ByteBuffer fields = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at < file.length) {
            assertThat(text(Arrays.copyOfRange(file, at, at + 4), 4)).isEqualTo("OggS");
            int laces = file[at + 26] & 0xff;
            int length = 0;
            for (int i = 0; i < laces; i++) {
                length += file[at + 27 + i] & 0xff;
            }
            int from = at + 27 + laces;
            int stored = fields.getInt(at + 22);
            fields.putInt(at + 22, 0);
            assertThat(stored).isEqualTo(sum(file, at, from + length));
            pages.add(
                    new Page(
                            file[at + 5],
                            fields.getLong(at + 6),
                            fields.getInt(at + 18),
                            laces,
                            Arrays.copyOfRange(file, from, from + length)));
            fields.putInt(at + 22, stored);
            at = from + length;
        }
        return pages;
    }

    private static int sum(byte[] file, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            for (int bit = 7; bit >= 0; bit--) {
                boolean isOdd = ((sum >>> 31) ^ ((file[i] >> bit) & 1)) != 0;
                sum = isOdd ? sum << 1 ^ 0x04c11db7 : sum << 1;
            }
        }
        return sum;
    }
}
