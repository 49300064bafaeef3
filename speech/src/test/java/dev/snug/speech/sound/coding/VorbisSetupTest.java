package dev.snug.speech.sound.coding;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.speech.sound.Sounds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Headers of Vorbis held against limits. The oracles are files of libvorbis, which pass, and the
 * Vorbis I specification, by which headers are put together here that ask for too much.
 */
final class VorbisSetupTest {
    private final BitSet bits = new BitSet();
    private int length;

    @ParameterizedTest
    @ValueSource(strings = {"mono.ogg", "stereo.ogg"})
    void headersOfLibvorbisPass(String name) throws IOException {
        OggReader ogg = new OggReader(Files.newInputStream(Sounds.file(name)));
        List<byte[]> packets = new ArrayList<>();
        while (packets.size() < 3) {
            packets.addAll(ogg.next().packets());
        }
        assertThatCode(() -> VorbisSetup.check(packets.get(2))).doesNotThrowAnyException();
        byte[] cut = Arrays.copyOf(packets.get(2), packets.get(2).length / 2);
        assertThatThrownBy(() -> VorbisSetup.check(cut)).hasMessageContaining("end too early");
    }

    @Test
    void aBookOfSixteenMillionEntriesInAFewBytesIsRefused() {
        begin(1);
        put(0x564342, 24).put(4, 16).put(0xff_ffff, 24);
        refused("codebooks");
    }

    @Test
    void manyDimensionsOfFewEntriesAreRefused() {
        begin(1);
        put(0x564342, 24).put(0xffff, 16).put(100, 24);
        refused("codebooks");
    }

    @Test
    void classesWhosePowerIsTooLargeAreRefused() {
        beginResidue(8);
        put(0, 24).put(128, 24).put(31, 24).put(63, 6).put(0, 8);
        refused("classes");
    }

    @Test
    void moreThanAllPartitionsAreRefused() {
        beginResidue(1);
        put(0, 24).put(0xff_ffff, 24).put(0, 24).put(1, 6).put(0, 8);
        refused("partitions");
    }

    /** One book of one entry, no times, a floor of no parts, and a residue that begins. */
    private void beginResidue(int dimensions) {
        begin(1);
        put(0x564342, 24).put(dimensions, 16).put(1, 24).put(0, 1).put(0, 1).put(0, 5).put(0, 4);
        put(0, 6).put(0, 16);
        put(0, 6).put(1, 16).put(0, 5).put(0, 2).put(0, 4);
        put(0, 6).put(0, 16);
    }

    private void begin(int books) {
        for (byte each : new byte[] {5, 'v', 'o', 'r', 'b', 'i', 's'}) {
            put(each, 8);
        }
        put(books - 1, 8);
    }

    private VorbisSetupTest put(int value, int count) {
        for (int i = 0; i < count; i++) {
            bits.set(length++, (value >> i & 1) == 1);
        }
        return this;
    }

    private void refused(String what) {
        byte[] packet = Arrays.copyOf(bits.toByteArray(), length / 8 + 20);
        assertThatThrownBy(() -> VorbisSetup.check(packet))
                .isInstanceOf(CodingException.class)
                .hasMessage("has " + what + " in its headers that are out of range");
    }
}
