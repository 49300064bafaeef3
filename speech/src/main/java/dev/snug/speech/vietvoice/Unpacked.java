package dev.snug.speech.vietvoice;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.Progress;
import dev.snug.runtime.json.Json;
import dev.snug.speech.vietvoice.TarReader.Member;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The known members of a VietVoice archive as files in one folder.
 *
 * @param files one for each part
 * @param voices recordings by the name that they have below cleaned_audios/
 * @param skipped a sample of the names of what was not taken, and how many there were
 * @param sha256 of the whole archive
 */
record Unpacked(Map<Part, Path> files, Map<String, Path> voices, Names skipped, String sha256) {
    /** Bytes of one recording; a minute of the highest quality fits. */
    static final long VOICE_BYTES_MAX = 64L << 20;

    /** Bytes of a graph: what can be mapped at once, and Protobuf's own limit. */
    static final long GRAPH_BYTES_MAX = Integer.MAX_VALUE;

    private static final String VOICES = "cleaned_audios/";
    private static final int BUFFER_BYTES = 64 << 10;

    /** What an archive must hold, found by how names end, as VietVoice-TTS finds it. */
    enum Part {
        PREPROCESS("preprocess.onnx", GRAPH_BYTES_MAX),
        TRANSFORMER("transformer.onnx", GRAPH_BYTES_MAX),
        DECODE("decode.onnx", GRAPH_BYTES_MAX),
        VOCABULARY("vocab.txt", 4 << 20),
        METADATA("audio_metadata.json", 4 << 20);

        private final String ending;
        private final long bytesMax;

        /** How the names of such members end. */
        String ending() {
            return ending;
        }

        Part(String ending, long bytesMax) {
            this.ending = ending;
            this.bytesMax = bytesMax;
        }
    }

    /** A few names of many. */
    record Names(String first, int count) {
        /** Characters of all names that are kept. */
        private static final int CHARS_MAX = 200;

        static final Names NONE = new Names("", 0);

        Names and(String name) {
            String shown = Json.printable(name);
            boolean isFull = first.length() + shown.length() > CHARS_MAX;
            String longer = first.isEmpty() ? shown : first + ", " + shown;
            return new Names(isFull ? first : longer, count + 1);
        }
    }

    /**
     * Unpacks {@code archive} into the existing folder {@code folder}, reading it once.
     *
     * @throws BundleException when it is no such archive, damaged, or over a limit
     */
    static Unpacked from(Path archive, Path folder, Progress progress) throws IOException {
        String where = String.valueOf(archive.getFileName());
        MessageDigest digest = newDigest();
        long size = Files.size(archive);
        Map<Part, Path> files = new EnumMap<>(Part.class);
        Map<String, Path> voices = new LinkedHashMap<>();
        Names skipped = Names.NONE;
        try (InputStream in = Files.newInputStream(archive)) {
            TarReader tar = new TarReader(new DigestInputStream(in, digest), where);
            Copy copy = new Copy(tar, where, progress, size);
            for (Member member = tar.next(); member != null; member = tar.next()) {
                Part part = part(member.name());
                String voice = voice(member.name());
                if (part != null) {
                    Path file = folder.resolve(part.ending);
                    if (files.put(part, file) != null) {
                        throw new BundleException(
                                "%s holds two members that end in %s"
                                        .formatted(where, part.ending));
                    }
                    copy.to(file, member, part.bytesMax);
                } else if (voice != null) {
                    Path file = folder.resolve("voice-" + voices.size());
                    if (voices.put(voice, file) != null) {
                        throw new BundleException(
                                "%s holds two recordings %s".formatted(where, Json.quoted(voice)));
                    }
                    copy.to(file, member, VOICE_BYTES_MAX);
                } else {
                    copy.require(member, GRAPH_BYTES_MAX);
                    skipped = skipped.and(member.name());
                }
            }
            tar.drain();
        }
        requireAll(files, where);
        return new Unpacked(files, voices, skipped, HexFormat.of().formatHex(digest.digest()));
    }

    /** The file of {@code part}, which every unpacked archive has. */
    Path file(Part part) {
        Path file = files.get(part);
        if (file == null) {
            throw new IllegalStateException("checked to be there: " + part);
        }
        return file;
    }

    private static void requireAll(Map<Part, Path> files, String where) {
        for (Part part : Part.values()) {
            if (!files.containsKey(part)) {
                throw new BundleException(
                        "%s has no %s: is it an archive of VietVoice-TTS, and whole?"
                                .formatted(where, part.ending));
            }
        }
    }

    private static @Nullable Part part(String name) {
        for (Part part : Part.values()) {
            if (name.endsWith(part.ending)) {
                return part;
            }
        }
        return null;
    }

    private static @Nullable String voice(String name) {
        int from = name.startsWith(VOICES) ? 0 : name.lastIndexOf("/" + VOICES) + 1;
        boolean isVoice = name.startsWith(VOICES, from);
        String file = isVoice ? name.substring(from + VOICES.length()) : "";
        return file.isEmpty() || file.indexOf('/') >= 0 ? null : file;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Copies members to files in small pieces and tells how far it is. */
    private static final class Copy {
        private final TarReader tar;
        private final String where;
        private final Progress progress;
        private final long bytesTotal;
        private final byte[] buffer = new byte[BUFFER_BYTES];
        private long bytesDone;

        Copy(TarReader tar, String where, Progress progress, long bytesTotal) {
            this.tar = tar;
            this.where = where;
            this.progress = progress;
            this.bytesTotal = bytesTotal;
        }

        void to(Path file, Member member, long bytesMax) throws IOException {
            require(member, bytesMax);
            try (OutputStream out = Files.newOutputStream(file)) {
                for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                    out.write(buffer, 0, read);
                    bytesDone += read;
                    progress.advanced(Math.min(bytesDone, bytesTotal), bytesTotal);
                }
            }
        }

        void require(Member member, long bytesMax) {
            if (member.bytes() > bytesMax) {
                throw new BundleException(
                        "%s: %s has %d bytes; %d are allowed"
                                .formatted(
                                        where,
                                        Json.quoted(member.name()),
                                        member.bytes(),
                                        bytesMax));
            }
        }
    }
}
