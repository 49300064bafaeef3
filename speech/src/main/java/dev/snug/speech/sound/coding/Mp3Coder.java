package dev.snug.speech.sound.coding;

import de.sciss.jump3r.mp3.BitStream;
import de.sciss.jump3r.mp3.GainAnalysis;
import de.sciss.jump3r.mp3.ID3Tag;
import de.sciss.jump3r.mp3.Lame;
import de.sciss.jump3r.mp3.LameGlobalFlags;
import de.sciss.jump3r.mp3.MPEGMode;
import de.sciss.jump3r.mp3.Presets;
import de.sciss.jump3r.mp3.Quantize;
import de.sciss.jump3r.mp3.QuantizePVT;
import de.sciss.jump3r.mp3.Reservoir;
import de.sciss.jump3r.mp3.Takehiro;
import de.sciss.jump3r.mp3.VBRTag;
import de.sciss.jump3r.mp3.VbrMode;
import de.sciss.jump3r.mp3.Version;
import de.sciss.jump3r.mpg.MPGLib;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes MP3 of one channel at a constant bit rate: a tag, a frame of information, then LAME's
 * frames. Length, gaps and check sums are in {@link #head}; a stream says nothing of them.
 */
public final class Mp3Coder implements Coder {
    private static final int BLOCK_SAMPLES = 1_152;

    /** LAME's own: 1.25 bytes a sample and 7,200. */
    private static final int BUFFER_BYTES = 5 * BLOCK_SAMPLES / 4 + 7_200;

    /** LAME's ladder from 0, the best, to 9; 3 is what it takes where nobody asks. */
    private static final int QUALITY = 3;

    private final OutputStream out;
    private final byte[] tag;
    private final Lame lame = new Lame();
    private final LameGlobalFlags flags;
    private final Mp3Head head;
    private final int[] block = new int[BLOCK_SAMPLES];
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int held;

    /**
     * Writes the tag and room for the information.
     *
     * @param rate samples a second: 16,000, 22,050 or 24,000
     * @param kilobits a second, one of the standard's for these rates
     * @param tag bytes before the first frame
     */
    public Mp3Coder(OutputStream out, int rate, int kilobits, byte[] tag) throws IOException {
        this.out = out;
        this.tag = tag;
        this.flags = begin(lame);
        flags.num_channels = 1;
        flags.in_samplerate = rate;
        flags.out_samplerate = rate;
        flags.mode = MPEGMode.MONO;
        flags.VBR = VbrMode.vbr_off;
        flags.brate = kilobits;
        flags.quality = QUALITY;
        flags.bWriteVbrTag = false;
        flags.write_id3tag_automatic = false;
        flags.findReplayGain = false;
        if (lame.lame_init_params(flags) < 0) {
            throw new IllegalArgumentException("%d kbit/s at %d".formatted(kilobits, rate));
        }
        this.head = new Mp3Head(rate, kilobits);
        out.write(head());
    }

    /** Its parts, each told of those that it calls. */
    private static LameGlobalFlags begin(Lame lame) {
        GainAnalysis gain = new GainAnalysis();
        BitStream bits = new BitStream();
        Presets presets = new Presets();
        QuantizePVT tables = new QuantizePVT();
        Quantize quantize = new Quantize();
        VBRTag vbr = new VBRTag();
        Version version = new Version();
        ID3Tag id3 = new ID3Tag();
        Reservoir reservoir = new Reservoir();
        Takehiro takehiro = new Takehiro();
        MPGLib decoding = new MPGLib();
        lame.setModules(gain, bits, presets, tables, quantize, vbr, version, id3, decoding);
        bits.setModules(gain, decoding, version, vbr);
        id3.setModules(bits, version);
        presets.setModules(lame);
        quantize.setModules(bits, reservoir, tables, takehiro);
        tables.setModules(takehiro, reservoir, lame.enc.psy);
        reservoir.setModules(bits);
        takehiro.setModules(tables);
        vbr.setModules(lame, bits, version);
        LameGlobalFlags flags = lame.lame_init();
        id3.id3tag_init(flags);
        return flags;
    }

    @Override
    public void write(short[] more, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            block[held++] = more[i] << 16;
            if (held == BLOCK_SAMPLES) {
                encode();
            }
        }
    }

    @Override
    public void end() throws IOException {
        encode();
        append(lame.lame_encode_flush(flags, buffer, 0, buffer.length));
        lame.lame_close(flags);
    }

    @Override
    public byte[] head() {
        byte[] information = head.bytes();
        byte[] all = Arrays.copyOf(tag, tag.length + information.length);
        System.arraycopy(information, 0, all, tag.length, information.length);
        return all;
    }

    private void encode() throws IOException {
        head.count(held);
        append(lame.lame_encode_buffer_int(flags, block, block, held, buffer, 0, buffer.length));
        held = 0;
    }

    private void append(int length) throws IOException {
        if (length < 0) {
            throw new IllegalStateException("LAME ended with " + length);
        }
        head.frames(buffer, length);
        out.write(buffer, 0, length);
    }
}
