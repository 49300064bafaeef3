package dev.snug.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The private folder in which files lie while their calls are handled. One process has it: what is
 * there at the start was left behind by one that was killed, and is deleted.
 */
final class Spool {
    /** Most fields beside a file. */
    static final int FIELDS_MOST = 32;

    /** Longest field, in bytes of UTF-8. */
    static final int FIELD_BYTES = 4096;

    /** What a form may hold beside its file: fields, heads and boundaries. */
    static final long AROUND_BYTES = FIELDS_MOST * 2L * FIELD_BYTES;

    private static final int PIECE_BYTES = 8192;

    /** Below this a disk is full, whatever the words of the error are. */
    private static final long ROOM_BYTES = 1 << 20;

    /** Makes the file; tests make one on a full disk. */
    @FunctionalInterface
    interface Disk {
        OutputStream create(Path file) throws IOException;
    }

    private final Path folder;
    private final Disk disk;
    private final AtomicLong names = new AtomicLong();

    private Spool(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** The spool of this folder, which is made, or emptied of plain files. */
    static Spool open(Path folder) throws IOException {
        return open(folder, file -> Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
    }

    static Spool open(Path folder, Disk disk) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            var ours = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ours));
            Files.setPosixFilePermissions(folder, ours);
        } else {
            Files.createDirectories(folder);
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "upload-*")) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        return new Spool(folder, disk);
    }

    /** The one file and the fields of a form, as {@link Call#upload}. */
    Upload takeForm(Incoming body, String boundary, UploadLimits limits) throws IOException {
        long bytes = limits.fileBytes();
        UploadsLimits one = new UploadsLimits(limits.fileField(), 1, bytes, bytes);
        return takeForm(body, boundary, one).files().getFirst();
    }

    /** The files and the fields of a form, as {@link Call#uploads}. */
    Uploads takeForm(Incoming body, String boundary, UploadsLimits limits) throws IOException {
        body.atMost(limits.bytes() + AROUND_BYTES + (limits.count() - 1L) * Multipart.HEAD_BYTES);
        Multipart parts = new Multipart(body, boundary);
        TakenAll all = new TakenAll(new ArrayList<>(), new HashMap<>());
        try {
            takeParts(parts, limits, all);
            while (!body.ended()) {
                body.read(new byte[PIECE_BYTES]);
            }
            if (all.files().isEmpty()) {
                throw missing(limits.fileField());
            }
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void takeParts(Multipart parts, UploadsLimits limits, TakenAll all) throws IOException {
        int count = 0;
        long left = limits.bytes();
        for (PartHead head = parts.next(); head != null; head = parts.next()) {
            if (head.name().equals(limits.fileField())) {
                if (all.files().size() == limits.count()) {
                    throw tooMany(limits);
                }
                if (!head.file() || head.named()) {
                    String name =
                            ClientFileName.of(Objects.requireNonNullElse(head.fileName(), ""));
                    long most = Math.min(left, limits.fileBytes());
                    Taken file = write(parts::read, most, name, all.fields());
                    all.files().add(file);
                    left -= file.bytes();
                }
            } else if (head.file()) {
                throw PartHead.bad("files belong in the field " + limits.fileField());
            } else if (++count > FIELDS_MOST) {
                throw PartHead.bad("there are more than " + FIELDS_MOST + " fields");
            } else {
                all.fields().put(head.name(), field(parts));
            }
        }
    }

    private static HttpException tooMany(UploadsLimits limits) {
        String what = limits.fileField();
        return limits.count() == 1
                ? PartHead.bad("there is more than one " + what)
                : HttpException.of(
                                413,
                                "too_many_files",
                                "There are more than the %d files allowed here"
                                        .formatted(limits.count()))
                        .about(what);
    }

    /** A body that is the file. */
    Upload takeFile(Incoming body, Map<String, String> fields, UploadLimits limits)
            throws IOException {
        body.atMost(limits.fileBytes());
        if (body.ended()) {
            throw missing(limits.fileField());
        }
        return write(body::read, limits.fileBytes(), "", fields);
    }

    private static HttpException missing(String field) {
        return HttpException.of(400, "no_file", "There is no file in the field " + field)
                .about(field);
    }

    private static String field(Multipart parts) throws IOException {
        ByteArrayOutputStream value = new ByteArrayOutputStream(64);
        byte[] piece = new byte[1024];
        for (int n = parts.read(piece); n >= 0; n = parts.read(piece)) {
            if (value.size() + n > FIELD_BYTES) {
                throw HttpException.of(
                        413,
                        "field_too_large",
                        "A field is larger than the " + FIELD_BYTES + " bytes allowed here");
            }
            value.write(piece, 0, n);
        }
        return Percent.utf8(value.toByteArray(), value.size());
    }

    /** Where bytes come from: as {@link Multipart#read}. */
    @FunctionalInterface
    private interface Source {
        int read(byte[] bytes) throws IOException;
    }

    private Taken write(Source source, long bytesMost, String name, Map<String, String> fields)
            throws IOException {
        Path file = folder.resolve("upload-" + names.incrementAndGet());
        try {
            MessageDigest digest = sha256();
            long bytes = 0;
            byte[] piece = new byte[PIECE_BYTES];
            try (OutputStream out = create(file)) {
                for (int n = source.read(piece); n >= 0; n = source.read(piece)) {
                    bytes += n;
                    if (bytes > bytesMost) {
                        throw HttpException.of(
                                413,
                                "too_large",
                                "The file is larger than the " + bytesMost + " bytes allowed here");
                    }
                    digest.update(piece, 0, n);
                    put(out, piece, n);
                }
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            return new Taken(file, bytes, name, sha256, fields);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private OutputStream create(Path file) throws IOException {
        try {
            return disk.create(file);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private void put(OutputStream out, byte[] piece, int count) throws IOException {
        try {
            out.write(piece, 0, count);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private IOException explained(IOException cause) throws IOException {
        FileStore store = Files.getFileStore(folder);
        if (saysFull(cause) || store.getUsableSpace() < ROOM_BYTES) {
            HttpException full =
                    HttpException.of(507, "disk_full", "This server's disk is full; try later");
            full.initCause(cause);
            throw full;
        }
        return cause;
    }

    /** Whether the system's words are those for a full disk or quota (errno ENOSPC, EDQUOT). */
    static boolean saysFull(IOException cause) {
        String words = String.valueOf(cause.getMessage());
        return words.contains("No space left") || words.contains("quota");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A file that was taken in. */
    private record Taken(
            Path file, long bytes, String name, String sha256, Map<String, String> fields)
            implements Upload {
        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("cannot delete " + file, e);
            }
        }
    }

    /** Files that were taken in. */
    private record TakenAll(List<Upload> files, Map<String, String> fields) implements Uploads {
        @Override
        public void close() {
            files.forEach(Upload::close);
        }
    }
}
