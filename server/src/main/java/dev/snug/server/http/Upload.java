package dev.snug.server.http;

import java.nio.file.Path;
import java.util.Map;

/** A file that came with a call, until it is closed. */
public interface Upload extends AutoCloseable {
    /** Where it lies, under a name of ours. */
    Path file();

    /** Its length. */
    long bytes();

    /** What its sender calls it, as {@link ClientFileName}; empty where it has no name. */
    String name();

    /** SHA-256 of its content, 64 hexadecimal digits. */
    String sha256();

    /** The fields beside it, in UTF-8; the last of equal names counts. */
    Map<String, String> fields();

    /** Deletes the file. */
    @Override
    void close();
}
