package dev.snug.cli;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.speech.aligned.AlignedImport;
import dev.snug.speech.f5.Pickle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** What a source of {@code snug import} is, told by its content; the name decides little. */
enum ImportSource {
    /** A Keras classifier, or what {@link KerasSource} says is none. */
    KERAS,

    /** An F5-TTS checkpoint: a folder, a safetensors file, or a pickle that is to be refused. */
    CHECKPOINT,

    /** A folder that {@code training/} exported: {@code settings.json} says "aligned". */
    ALIGNED,

    /** A tar, such as the archive of VietVoice-TTS, whatever it is called. */
    ARCHIVE;

    /** Where POSIX tar (IEEE 1003.1, pax, "ustar") has its magic. */
    private static final int TAR_MAGIC_AT = 257;

    private static final byte[] TAR_MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

    /**
     * What {@code source} is.
     *
     * @throws BundleException when there is nothing, or something that is waited for, like a pipe
     */
    static ImportSource of(Path source) {
        if (!Files.exists(source)) {
            throw new BundleException(source + ": no such file");
        }
        if (Files.isDirectory(source)) {
            return AlignedImport.is(source) ? ALIGNED : CHECKPOINT;
        }
        if (!Files.isRegularFile(source)) {
            throw new BundleException(source + ": not a regular file");
        }
        try {
            byte[] head;
            try (InputStream in = Files.newInputStream(source)) {
                head = in.readNBytes(TAR_MAGIC_AT + TAR_MAGIC.length);
            }
            if (isTar(head)) {
                return ARCHIVE;
            }
            return isSafeTensors(source, head) || Pickle.is(source) ? CHECKPOINT : KERAS;
        } catch (IOException e) {
            throw new BundleException(source + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isTar(byte[] head) {
        return head.length == TAR_MAGIC_AT + TAR_MAGIC.length
                && Arrays.equals(head, TAR_MAGIC_AT, head.length, TAR_MAGIC, 0, TAR_MAGIC.length);
    }

    /**
     * By its name, so that a damaged one is told what is wrong with it; else by its first brace.
     */
    private static boolean isSafeTensors(Path source, byte[] head) {
        String name = String.valueOf(source.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".safetensors")
                || (head.length > Long.BYTES
                        && head[Long.BYTES - 1] == 0
                        && head[Long.BYTES - 2] == 0
                        && head[Long.BYTES] == '{');
    }
}
