package dev.snug.server.http;

import java.util.List;
import java.util.Map;

/** Files that came with a call, until they are closed. */
public interface Uploads extends AutoCloseable {
    /** In the order of the form. */
    List<Upload> files();

    /** The fields beside them, in UTF-8; the last of equal names counts. */
    Map<String, String> fields();

    /** Deletes the files. */
    @Override
    void close();
}
