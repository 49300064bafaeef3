package dev.snug.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/** A request that a handler answers. For one thread. */
public interface Call {
    /** In capitals. */
    String method();

    /** Decoded, without the query. */
    String path();

    /**
     * The segment of the path that stands for {@code {name}}, decoded.
     *
     * @throws IllegalArgumentException when the route has none
     */
    String segment(String name);

    /** The first value of a query parameter, decoded. */
    Optional<String> query(String name);

    /** The first value of a header, whatever its capitals. */
    Optional<String> header(String name);

    /** The value of a cookie. */
    Optional<String> cookie(String name);

    /** Who sent it: the peer, or what a trusted proxy says. */
    InetAddress client();

    /** Whether the client's side is encrypted, by a trusted proxy's word. */
    boolean isSecure();

    /** As the guard decided; {@link Caller#NOBODY} within the guard. */
    Caller caller();

    /**
     * The whole body as bytes.
     *
     * @param bytesMost at most
     * @throws HttpException 413 when it is longer, 400 when it ends early, 408 when it is slow
     */
    byte[] body(int bytesMost) throws IOException;

    /**
     * The fields of a form, {@code application/x-www-form-urlencoded}, in UTF-8; the last of equal
     * names counts. Read once and kept: the guard looks for the token against forged requests in
     * it, then the handler asks again.
     *
     * @throws HttpException as {@link #body}; 415 for another type
     */
    Map<String, String> form() throws IOException;

    /**
     * One file and the fields beside it, out of {@code multipart/form-data}; for any other type
     * that {@code accepts} names, the body is the file and the query parameters are the fields. The
     * file goes to a private folder, never onto the heap, and is gone with {@link Upload#close}.
     *
     * @throws HttpException as {@link #body}; 415 for another type, 400 without a file, 507 when
     *     the disk is full
     */
    Upload upload(UploadLimits limits) throws IOException;

    /**
     * One or more files of one field and the fields beside them, out of {@code
     * multipart/form-data}; as {@link #upload} else. A body may take its usual time and a second
     * for each {@link FrontLimits#STEADY_BYTES} that came of it, so that whoever sends steadily
     * gets through, however much it is.
     *
     * @throws HttpException as {@link #upload}
     */
    Uploads uploads(UploadsLimits limits) throws IOException;
}
