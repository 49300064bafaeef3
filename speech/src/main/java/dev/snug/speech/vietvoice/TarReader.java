package dev.snug.speech.vietvoice;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the regular files of a tar archive from a stream in one pass: v7, ustar, GNU long names and
 * pax headers. Folders are passed over; links, devices, sparse files and names that lead out of a
 * folder are refused. Holds one header and one buffer, whatever the sizes that headers claim.
 *
 * <p>Source: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Header Block"; GNU tar manual,
 * "Basic Tar Format".
 */
final class TarReader {
    /** Headers; the archive has six and one for each voice. */
    static final int HEADERS_MAX = 10_000;

    /** Bytes of a long name or of a pax header; a path has at most 4096. */
    static final int TEXT_BYTES_MAX = 64 << 10;

    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private final String where;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Set<String> names = new HashSet<>();
    private int headers;

    /** Bytes of the current member that were not read yet. */
    private long left;

    /** Zeros that follow the current member. */
    private int padding;

    /**
     * A regular file in the archive.
     *
     * @param name its path: relative, plain components with '/' between
     */
    record Member(String name, long bytes) {}

    TarReader(InputStream in, String where) {
        this.in = in;
        this.where = where;
    }

    /**
     * The next regular file; null at the end of the archive.
     *
     * @throws BundleException when the archive is damaged or holds what it should not
     */
    @Nullable Member next() throws IOException {
        TarNames longer = new TarNames(where);
        while (true) {
            skipRest();
            TarHeader header = header();
            if (header == null) {
                return null;
            }
            long bytes = longer.bytes(header.bytes());
            switch (header.kind()) {
                case TEXT -> {
                    left = header.bytes();
                    longer.add(header.type(), text(header.bytes()));
                }
                case FOLDER -> {
                    TarNames.plain(longer.name(header.name()), where);
                    enter(bytes);
                    longer = new TarNames(where);
                }
                case FILE -> {
                    String name = TarNames.plain(longer.name(header.name()), where);
                    if (!names.add(name)) {
                        throw wrong("holds " + Json.quoted(name) + " twice");
                    }
                    enter(bytes);
                    return new Member(name, bytes);
                }
                case REFUSED ->
                        throw wrong(
                                "holds %s, %s; only files and folders are taken"
                                        .formatted(
                                                Json.quoted(longer.name(header.name())),
                                                header.what()));
            }
        }
    }

    /** Reads on in the current member; −1 at its end. */
    int read(byte[] target) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = in.read(target, 0, (int) Math.min(target.length, left));
        if (read < 0) {
            throw truncated();
        }
        left -= read;
        return read;
    }

    /** Reads what follows the archive's end, so that its checksum covers the whole file. */
    void drain() throws IOException {
        while (in.read(buffer) >= 0) {
            // Nothing of it is used.
        }
    }

    private @Nullable TarHeader header() throws IOException {
        byte[] block = new byte[TarHeader.BYTES];
        int read = in.readNBytes(block, 0, block.length);
        if (headers == 0 && read < block.length) {
            throw wrong("is no tar archive: it has %d bytes".formatted(read));
        }
        if (read < block.length) {
            throw truncated();
        }
        if (TarHeader.isEnd(block)) {
            return null;
        }
        headers++;
        if (headers > HEADERS_MAX) {
            throw wrong("has more than %d members".formatted(HEADERS_MAX));
        }
        return TarHeader.parse(block, where + ", member " + headers);
    }

    private byte[] text(long bytes) throws IOException {
        if (bytes > TEXT_BYTES_MAX) {
            throw wrong(
                    "has a name or header of %d bytes; %d are allowed"
                            .formatted(bytes, TEXT_BYTES_MAX));
        }
        byte[] text = in.readNBytes((int) bytes);
        if (text.length < bytes) {
            throw truncated();
        }
        left = 0;
        padding = padding(bytes);
        return text;
    }

    private void enter(long bytes) {
        left = bytes;
        padding = padding(bytes);
    }

    private static int padding(long bytes) {
        return (int) (-bytes & (TarHeader.BYTES - 1));
    }

    private void skipRest() throws IOException {
        left = Math.addExact(left, padding);
        padding = 0;
        while (left > 0) {
            if (read(buffer) < 0) {
                throw truncated();
            }
        }
    }

    private BundleException truncated() {
        return wrong("is cut short; get it again");
    }

    private BundleException wrong(String what) {
        return new BundleException(where + " " + what);
    }
}
