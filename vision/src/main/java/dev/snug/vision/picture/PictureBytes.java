package dev.snug.vision.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of one open file, read at any place through one block of memory, so that neither the
 * file nor a hostile number of tiny pieces costs more than that block.
 */
final class PictureBytes implements AutoCloseable {
    /** Bytes; large enough that reading a file block by block costs few system calls. */
    private static final int BLOCK_BYTES = 1 << 15;

    private final FileChannel channel;
    private final long size;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
    private long blockAt;
    private int blockBytes;

    PictureBytes(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
        size = channel.size();
    }

    /** Bytes in the file when it was opened. */
    long size() {
        return size;
    }

    /** The byte at {@code at}, 0 to 255, or -1 past the end. */
    int at(long at) throws IOException {
        return load(at) ? block.get((int) (at - blockAt)) & 0xff : -1;
    }

    /** A big-endian 16-bit number; the caller has checked that it lies within the file. */
    int uint16(long at) throws IOException {
        return (at(at) << 8) | at(at + 1);
    }

    /** A little-endian 16-bit number; likewise. */
    int uint16Little(long at) throws IOException {
        return at(at) | (at(at + 1) << 8);
    }

    /** A little-endian 24-bit number; likewise. */
    int uint24Little(long at) throws IOException {
        return uint16Little(at) | (at(at + 2) << 16);
    }

    /** A little-endian 32-bit number; likewise. */
    long uint32Little(long at) throws IOException {
        return uint16Little(at) | ((long) uint16Little(at + 2) << 16);
    }

    /** Throws where fewer than {@code count} bytes follow {@code at}. */
    void require(long at, long count) {
        if (at < 0 || count < 0 || at + count > size) {
            throw new PictureException("the file ends early, at byte " + size);
        }
    }

    /** Copies exactly {@code count} bytes. */
    void readFully(long at, byte[] into, int from, int count) throws IOException {
        for (int done = 0; done < count; ) {
            int read = read(at + done, into, from + done, count - done);
            if (read < 0) {
                throw new PictureException("the file ends early, at byte " + (at + done));
            }
            done += read;
        }
    }

    /** Copies up to {@code count} bytes; returns how many, -1 at the end of the file. */
    int read(long at, byte[] into, int from, int count) throws IOException {
        if (!load(at)) {
            return -1;
        }
        int skip = (int) (at - blockAt);
        int taken = Math.min(count, blockBytes - skip);
        block.get(skip, into, from, taken);
        return taken;
    }

    /** A copy of {@code count} bytes; the caller has bounded the count. */
    byte[] bytes(long at, int count) throws IOException {
        byte[] bytes = new byte[count];
        readFully(at, bytes, 0, count);
        return bytes;
    }

    /** The place of the first byte of that value at or after {@code at}; the size where none is. */
    long indexOf(int value, long at) throws IOException {
        byte wanted = (byte) value;
        while (load(at)) {
            byte[] bytes = block.array();
            for (int i = (int) (at - blockAt); i < blockBytes; i++) {
                if (bytes[i] == wanted) {
                    return blockAt + i;
                }
            }
            at = blockAt + blockBytes;
        }
        return size;
    }

    /** Makes the block hold {@code at}; false when that is past the end. */
    private boolean load(long at) throws IOException {
        if (at >= blockAt && at < blockAt + blockBytes) {
            return true;
        }
        if (at < 0 || at >= size) {
            return false;
        }
        blockAt = at;
        blockBytes = Math.max(0, channel.read(block.clear(), at));
        return blockBytes > 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
