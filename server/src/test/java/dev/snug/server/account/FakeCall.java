package dev.snug.server.account;

import dev.snug.server.http.Call;
import dev.snug.server.http.Caller;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Upload;
import dev.snug.server.http.UploadLimits;
import dev.snug.server.http.Uploads;
import dev.snug.server.http.UploadsLimits;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A call of which a test says what matters. */
final class FakeCall implements Call {
    private final String method;
    private final String path;
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> cookies = new HashMap<>();
    private final Map<String, String> query = new HashMap<>();
    private final Map<String, String> segments = new HashMap<>();
    private Map<String, String> form = Map.of();
    private byte[] body = {};
    private String client = "127.0.0.1";
    private boolean isSecure;
    private Caller caller = Caller.NOBODY;

    private FakeCall(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static FakeCall get(String path) {
        return new FakeCall("GET", path);
    }

    static FakeCall post(String path) {
        return new FakeCall("POST", path);
    }

    FakeCall header(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    FakeCall bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    FakeCall cookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    /** The cookie that a reply's {@code Set-Cookie} brought. */
    FakeCall returning(String setCookie) {
        String pair = setCookie.substring(0, setCookie.indexOf(';'));
        int equals = pair.indexOf('=');
        return cookie(pair.substring(0, equals), pair.substring(equals + 1));
    }

    FakeCall query(String name, String value) {
        query.put(name, value);
        return this;
    }

    FakeCall where(String name, String segment) {
        segments.put(name, segment);
        return this;
    }

    FakeCall form(Map<String, String> fields) {
        form = fields;
        return header("Content-Type", "application/x-www-form-urlencoded");
    }

    FakeCall json(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return header("Content-Type", "application/json");
    }

    FakeCall from(String address) {
        client = address;
        return this;
    }

    FakeCall secure() {
        isSecure = true;
        return this;
    }

    FakeCall by(Caller admitted) {
        caller = admitted;
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String segment(String name) {
        return Optional.ofNullable(segments.get(name)).orElseThrow(IllegalArgumentException::new);
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    @Override
    public InetAddress client() {
        try {
            return InetAddress.getByName(client);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public boolean isSecure() {
        return isSecure;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public byte[] body(int bytesMost) {
        return body.clone();
    }

    @Override
    public Map<String, String> form() {
        if (!header("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded")) {
            throw HttpException.of(415, "bad_content_type", "no form");
        }
        return form;
    }

    @Override
    public Uploads uploads(UploadsLimits limits) {
        throw new UnsupportedOperationException("no files here");
    }

    @Override
    public Upload upload(UploadLimits limits) {
        throw new UnsupportedOperationException("no upload here");
    }
}
