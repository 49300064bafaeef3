package dev.snug.speech.book;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A growing file of int16 samples, little-endian, without a header. */
final class PcmFile implements Closeable {
    private static final int BLOCK_SAMPLES = 8_192;
    private static final int SAMPLE_BYTES = 2;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer block =
            ByteBuffer.allocate(SAMPLE_BYTES * BLOCK_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);

    /** Opens {@code file}, or makes it. */
    PcmFile(Path file) throws IOException {
        this.file = file;
        this.channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
    }

    /** Whole samples in the file. */
    long samples() throws IOException {
        return channel.size() / SAMPLE_BYTES;
    }

    /** Cuts off what lies behind {@code samples}, and goes on there. */
    void cut(long samples) throws IOException {
        channel.truncate(SAMPLE_BYTES * samples);
        channel.position(SAMPLE_BYTES * samples);
    }

    void append(short[] samples) throws IOException {
        for (int from = 0; from < samples.length; from += BLOCK_SAMPLES) {
            int count = Math.min(BLOCK_SAMPLES, samples.length - from);
            block.clear();
            block.asShortBuffer().put(samples, from, count);
            block.limit(SAMPLE_BYTES * count);
            while (block.hasRemaining()) {
                channel.write(block);
            }
        }
    }

    /** Returns when all of it is on the disk. */
    void force() throws IOException {
        channel.force(false);
    }

    /** Hands the samples from {@code from} to before {@code to} to {@code sink}, block by block. */
    void read(long from, long to, BookWork.SampleSink sink) throws IOException {
        for (long at = from; at < to; ) {
            int count = (int) Math.min(BLOCK_SAMPLES, to - at);
            block.clear().limit(SAMPLE_BYTES * count);
            while (block.hasRemaining()) {
                if (channel.read(block, SAMPLE_BYTES * at + block.position()) < 0) {
                    throw new IOException(file + " was cut short meanwhile");
                }
            }
            short[] samples = new short[count];
            block.flip().asShortBuffer().get(samples);
            sink.write(samples);
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
