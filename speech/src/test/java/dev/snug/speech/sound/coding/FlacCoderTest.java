package dev.snug.speech.sound.coding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.sound.Lcg;
import dev.snug.speech.sound.Sounds;

import org.jflac.FLACDecoder;
import org.jflac.PCMProcessor;
import org.jflac.metadata.StreamInfo;
import org.jflac.util.ByteData;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * FLAC that is written. The oracles are jflac 1.5.2, a decoder of other people's, RFC 9639's fields
 * byte by byte, and the JDK's MD5.
 */
final class FlacCoderTest {
    private static final int RATE = 24_000;

    @Test
    void anotherDecoderFindsEverySample() throws Exception {
        short[] speech = Sounds.repeated(Sounds.speech(), 10_000);
        readBack(speech);
        readBack(new short[9_000]);
        readBack(new short[] {1, -2, 3});
        readBack(Sounds.repeated(new short[] {Short.MIN_VALUE, Short.MAX_VALUE}, 5_000));
        float[] noise = Lcg.values(1, 6_000);
        short[] loud = new short[noise.length];
        for (int i = 0; i < loud.length; i++) {
            loud[i] = (short) Math.clamp((long) (noise[i] * 20_000), -32_768, 32_767);
        }
        readBack(loud);
    }

    @Test
    void aLongFileIsStillReadWhenFrameNumbersTakeMoreBytes() throws Exception {
        // 200 frames: numbers from 128 on take two bytes.
        readBack(new short[200 * 4_096 + 5]);
    }

    @Test
    void speechTakesLessThanTwoThirds() throws IOException {
        short[] speech = Sounds.repeated(Sounds.speech(), 24_000);
        assertThat(written(speech).length).isLessThan(2 * speech.length * 2 / 3);
    }

    @Test
    void theHeadHasLengthAndSum() throws Exception {
        short[] speech = Sounds.repeated(Sounds.speech(), 10_000);
        ByteBuffer head = ByteBuffer.wrap(written(speech));
        assertThat(head.getInt(0)).isEqualTo(0x664c6143);
        assertThat(head.getInt(4)).as("STREAMINFO, not the last block").isEqualTo(34);
        assertThat(head.getShort(8)).isEqualTo((short) 4_096);
        assertThat(head.getShort(10)).isEqualTo((short) 4_096);
        long packed = head.getLong(18);
        assertThat(packed >>> 44).isEqualTo(RATE);
        assertThat(packed >>> 41 & 7).as("channels less one").isZero();
        assertThat(packed >>> 36 & 31).as("bits less one").isEqualTo(15);
        assertThat(packed & 0xf_ffff_ffffL).isEqualTo(speech.length);
        byte[] sum = new byte[16];
        head.get(26, sum);
        assertThat(sum).isEqualTo(MessageDigest.getInstance("MD5").digest(bytes(speech)));
        assertThat(head.get(42)).as("comments, the last block").isEqualTo((byte) 0x84);
    }

    @Test
    void aStreamSaysThatItsLengthIsUnknown() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FlacCoder coder = new FlacCoder(out, RATE, List.of());
        coder.write(new short[100], 100);
        coder.end();
        ByteBuffer head = ByteBuffer.wrap(out.toByteArray());
        assertThat(head.getLong(18) & 0xf_ffff_ffffL).isZero();
        assertThat(new FlacReader(behindName(out.toByteArray())).next()).hasSize(100);
    }

    private static ByteArrayInputStream behindName(byte[] file) {
        return new ByteArrayInputStream(file, 4, file.length - 4);
    }

    private static void readBack(short[] samples) throws Exception {
        byte[] file = written(samples);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        FLACDecoder decoder = new FLACDecoder(new ByteArrayInputStream(file));
        decoder.addPCMProcessor(
                new PCMProcessor() {
                    @Override
                    public void processStreamInfo(StreamInfo info) {
                        assertThat(info.getTotalSamples()).isEqualTo(samples.length);
                    }

                    @Override
                    public void processPCM(ByteData pcm) {
                        decoded.write(pcm.getData(), 0, pcm.getLen());
                    }
                });
        decoder.decode();
        assertThat(decoder.getBadFrames()).isZero();
        assertThat(decoded.toByteArray()).isEqualTo(bytes(samples));
        FlacReader own = new FlacReader(behindName(file));
        float[] expected = Sounds.scaled(samples);
        int at = 0;
        for (float[] next = own.next(); next.length > 0; next = own.next()) {
            assertThat(next).isEqualTo(Arrays.copyOfRange(expected, at, at + next.length));
            at += next.length;
        }
        assertThat(at).isEqualTo(samples.length);
    }

    private static byte[] bytes(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }

    private static byte[] written(short[] samples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FlacCoder coder = new FlacCoder(out, RATE, List.of("TITLE=Một"));
        coder.write(samples, samples.length);
        coder.end();
        byte[] file = out.toByteArray();
        byte[] head = coder.head();
        System.arraycopy(head, 0, file, 0, head.length);
        return file;
    }
}
