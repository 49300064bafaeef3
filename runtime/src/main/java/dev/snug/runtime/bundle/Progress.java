package dev.snug.runtime.bundle;

/** Told how far a long reading or writing of bytes has come. */
@FunctionalInterface
public interface Progress {
    /** Progress that nobody watches. */
    Progress NONE = (bytesDone, bytesTotal) -> {};

    /** {@code bytesDone} of {@code bytesTotal} bytes are done; called at least once a MiB. */
    void advanced(long bytesDone, long bytesTotal);
}
