package dev.snug.vision.keras.file;

import dev.snug.vision.keras.file.ZipDirectory.Entry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the bytes of zip entries; sizes are checked before they are believed. */
final class ZipContent {
    /** Weights hardly shrink and a configuration shrinks 30 times; more is a zip bomb. */
    private static final int RATIO = 200;

    private static final int CHUNK_BYTES = 64 << 10;

    private final FileChannel channel;

    ZipContent(FileChannel channel) {
        this.channel = channel;
    }

    FileChannel channel() {
        return channel;
    }

    /** Receives the bytes of an entry, piece by piece. */
    @FunctionalInterface
    private interface Sink {
        void accept(ByteBuffer piece) throws IOException;
    }

    /** All bytes of {@code entry}. */
    byte[] read(Entry entry, int limitBytes) throws IOException {
        if (entry.bytes() > limitBytes) {
            throw new KerasException(
                    "its entry %s takes %d bytes; the limit is %d"
                            .formatted(entry.name(), entry.bytes(), limitBytes));
        }
        if (entry.method() == Entry.STORED) {
            stored(entry);
        } else {
            requireRatio(entry);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) entry.bytes());
        if (entry.method() == Entry.STORED) {
            fill(bytes, entry.dataOffset());
            CRC32 crc = new CRC32();
            crc.update(bytes.array());
            requireCrc(entry, crc);
        } else {
            inflate(entry, bytes::put);
        }
        return bytes.array();
    }

    /** Writes the inflated bytes of {@code entry} to {@code target}. */
    void inflate(Entry entry, FileChannel target) throws IOException {
        requireRatio(entry);
        inflate(
                entry,
                piece -> {
                    while (piece.hasRemaining()) {
                        target.write(piece);
                    }
                });
    }

    /** The size of a stored entry. */
    long stored(Entry entry) {
        if (entry.bytes() != entry.compressedBytes()) {
            throw new KerasException(
                    "its stored entry %s has two sizes, %d and %d"
                            .formatted(entry.name(), entry.bytes(), entry.compressedBytes()));
        }
        return entry.bytes();
    }

    private static void requireRatio(Entry entry) {
        if (entry.method() != Entry.DEFLATED) {
            throw new KerasException(
                    "its entry %s is compressed by method %d; stored and deflated can be read"
                            .formatted(entry.name(), entry.method()));
        }
        if (entry.bytes() / RATIO > entry.compressedBytes()) {
            throw new KerasException(
                    "its entry %s grows from %d to %d bytes, more than %d times"
                            .formatted(
                                    entry.name(), entry.compressedBytes(), entry.bytes(), RATIO));
        }
    }

    private void inflate(Entry entry, Sink sink) throws IOException {
        CRC32 crc = new CRC32();
        ByteBuffer in = ByteBuffer.allocate(CHUNK_BYTES).limit(0);
        ByteBuffer out = ByteBuffer.allocate(CHUNK_BYTES);
        long taken = 0;
        long made = 0;
        try (Inflater inflater = new Inflater(true)) {
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    long left = entry.compressedBytes() - taken;
                    if (left == 0) {
                        throw damaged(entry, "it ends early");
                    }
                    in.clear().limit((int) Math.min(CHUNK_BYTES, left));
                    fill(in, entry.dataOffset() + taken);
                    taken += in.limit();
                    inflater.setInput(in.flip());
                }
                inflater.inflate(out.clear());
                made += out.flip().limit();
                if (made > entry.bytes() || inflater.needsDictionary()) {
                    throw damaged(entry, "it is longer than its size says");
                }
                crc.update(out.duplicate());
                sink.accept(out);
            }
        } catch (DataFormatException e) {
            throw damaged(entry, String.valueOf(e.getMessage()));
        }
        if (made != entry.bytes()) {
            throw damaged(entry, "it is shorter than its size says");
        }
        requireCrc(entry, crc);
    }

    static void requireCrc(Entry entry, CRC32 crc) {
        if (crc.getValue() != entry.crc()) {
            throw damaged(entry, "its checksum is wrong; copy or download the file again");
        }
    }

    private void fill(ByteBuffer buffer, long offset) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException("the file was cut short while it was read");
            }
        }
    }

    private static KerasException damaged(Entry entry, String how) {
        return new KerasException("its entry %s is damaged: %s".formatted(entry.name(), how));
    }
}
