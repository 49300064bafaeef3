package dev.snug.server.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A call over the JDK's server. */
final class HttpCall implements Call, AutoCloseable {
    /** Longest form: a text of 10,000 Vietnamese letters, each nine bytes when it is encoded. */
    static final int FORM_BYTES = 128 << 10;

    private static final String FORM_TYPE = "multipart/form-data";

    private final HttpExchange exchange;
    private final boolean trustProxy;
    private final Spool spool;
    private final Incoming body;
    private String path;
    private Map<String, String> segments = Map.of();
    private Caller caller = Caller.NOBODY;
    private @Nullable Map<String, String> query;
    private @Nullable Map<String, String> form;
    private boolean isUploaded;
    private Runnable letGo = () -> {};

    HttpCall(HttpExchange exchange, Turn turn, boolean trustProxy, Spool spool) {
        this.exchange = exchange;
        this.trustProxy = trustProxy;
        this.spool = spool;
        this.path = exchange.getRequestURI().getRawPath();
        this.body = new Incoming(exchange.getRequestBody(), turn, announced());
    }

    /** What the router and the guard found out. */
    void found(String decodedPath, Map<String, String> named) {
        path = decodedPath;
        segments = named;
    }

    void admitted(Caller who) {
        caller = who;
    }

    Incoming incoming() {
        return body;
    }

    /**
     * Refuses a head that two readers could read differently (RFC 9112, 3.2 and 6.3).
     *
     * @throws HttpException 400
     */
    void checkHead() {
        List<String> hosts = exchange.getRequestHeaders().get("Host");
        int count = hosts == null ? 0 : hosts.size();
        boolean old = exchange.getProtocol().equalsIgnoreCase("HTTP/1.0");
        if (count > 1 || (count == 0 && !old)) {
            throw bad("A request has one Host header");
        }
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        for (int i = 0; length != null && i < length.length(); i++) {
            if (length.charAt(i) < '0' || length.charAt(i) > '9') {
                throw bad("Content-Length is a number");
            }
        }
    }

    /** What the request says of where it comes from. */
    Origins.Claim claim() {
        String forwarded = trustProxy ? last("X-Forwarded-Host") : null;
        return new Origins.Claim(
                method(),
                forwarded != null ? forwarded : one("Host"),
                one("Origin"),
                one("Sec-Fetch-Site"));
    }

    @Override
    public String method() {
        return exchange.getRequestMethod();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String segment(String name) {
        String value = segments.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no segment " + name);
        }
        return value;
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(queries().get(name));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(one(name));
    }

    @Override
    public Optional<String> cookie(String name) {
        List<String> lines = exchange.getRequestHeaders().get("Cookie");
        if (lines == null) {
            return Optional.empty();
        }
        for (String line : lines) {
            String value = Cookies.value(line, name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    @Override
    public InetAddress client() {
        String hop = trustProxy ? last("X-Forwarded-For") : null;
        if (hop != null) {
            try {
                return InetAddress.ofLiteral(hop);
            } catch (IllegalArgumentException e) {
                // A proxy that names no address, such as "unknown", is itself all that is known.
                return exchange.getRemoteAddress().getAddress();
            }
        }
        return exchange.getRemoteAddress().getAddress();
    }

    @Override
    public boolean isSecure() {
        String scheme = trustProxy ? last("X-Forwarded-Proto") : null;
        return scheme != null && scheme.equalsIgnoreCase("https");
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public byte[] body(int bytesMost) throws IOException {
        return body.all(bytesMost);
    }

    @Override
    public Map<String, String> form() throws IOException {
        if (!type().equals("application/x-www-form-urlencoded")) {
            throw unsupported("application/x-www-form-urlencoded");
        }
        // Kept, because the guard and the handler both look at it.
        if (form == null) {
            String raw = new String(body.all(FORM_BYTES), StandardCharsets.ISO_8859_1);
            form = Percent.fields(raw, false);
        }
        return form;
    }

    @Override
    public Upload upload(UploadLimits limits) throws IOException {
        beginUpload(limits.isLong());
        Upload taken;
        if (type().equals(FORM_TYPE)) {
            taken = spool.takeForm(body, boundary(), limits);
        } else if (type().startsWith(limits.typePrefix())) {
            taken = spool.takeFile(body, queries(), limits);
        } else {
            throw unsupported(FORM_TYPE + " or " + limits.typePrefix() + "*");
        }
        letGo = taken::close;
        body.rest();
        return taken;
    }

    @Override
    public Uploads uploads(UploadsLimits limits) throws IOException {
        if (!type().equals(FORM_TYPE)) {
            throw unsupported(FORM_TYPE);
        }
        beginUpload(true);
        Uploads taken = spool.takeForm(body, boundary(), limits);
        letGo = taken::close;
        body.rest();
        return taken;
    }

    private void beginUpload(boolean isLong) {
        if (isUploaded) {
            throw new IllegalStateException("the upload was taken already");
        }
        isUploaded = true;
        if (isLong) {
            body.takesLong();
        }
    }

    private String boundary() {
        String boundary = PartHead.parameter(header("Content-Type").orElse(""), "boundary");
        if (boundary == null) {
            throw bad("multipart/form-data needs a boundary");
        }
        return boundary;
    }

    /** Lets go of what came. */
    @Override
    public void close() {
        letGo.run();
    }

    private Map<String, String> queries() {
        if (query == null) {
            String raw = exchange.getRequestURI().getRawQuery();
            query = raw == null ? Map.of() : Percent.fields(raw, true);
        }
        return query;
    }

    /** The content type without parameters, in lower case. */
    private String type() {
        String line = header("Content-Type").orElse("");
        int end = line.indexOf(';');
        return (end < 0 ? line : line.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private long announced() {
        Headers headers = exchange.getRequestHeaders();
        if (headers.containsKey("Transfer-Encoding")) {
            return Incoming.UNKNOWN;
        }
        String length = headers.getFirst("Content-Length");
        // The JDK's server read it as a number before, or refused the request.
        return length == null ? 0 : Long.parseLong(length);
    }

    private @Nullable String one(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** What the nearest proxy added to a list: its last element. */
    private @Nullable String last(String name) {
        List<String> lines = exchange.getRequestHeaders().get(name);
        if (lines == null || lines.isEmpty()) {
            return null;
        }
        String line = lines.getLast();
        return line.substring(line.lastIndexOf(',') + 1).strip();
    }

    private static HttpException bad(String rule) {
        return HttpException.of(400, "bad_request", rule);
    }

    private static HttpException unsupported(String wanted) {
        return HttpException.of(415, "unsupported_type", "Content-Type must be " + wanted);
    }
}
