package dev.snug.server.page;

import dev.snug.server.http.Call;
import dev.snug.server.http.Caller;
import dev.snug.server.http.Upload;
import dev.snug.server.http.UploadLimits;
import dev.snug.server.http.Uploads;
import dev.snug.server.http.UploadsLimits;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A call without a socket. */
final class FakeCall implements Call {
    private final String path;
    private final Map<String, String> queries = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> cookies = new HashMap<>();
    private final Map<String, String> form = new HashMap<>();
    private Caller caller = Caller.NOBODY;

    private FakeCall(String path) {
        this.path = path;
    }

    static FakeCall get(String path) {
        return new FakeCall(path);
    }

    FakeCall query(String name, String value) {
        queries.put(name, value);
        return this;
    }

    FakeCall header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    FakeCall cookie(String name, String value) {
        cookies.put(name, value);
        return this;
    }

    FakeCall field(String name, String value) {
        form.put(name, value);
        return this;
    }

    FakeCall as(Caller who) {
        caller = who;
        return this;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String segment(String name) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(queries.get(name));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    @Override
    public InetAddress client() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public byte[] body(int bytesMost) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> form() {
        return form;
    }

    @Override
    public Uploads uploads(UploadsLimits limits) {
        throw new UnsupportedOperationException("no files here");
    }

    @Override
    public Upload upload(UploadLimits limits) {
        throw new UnsupportedOperationException();
    }
}
