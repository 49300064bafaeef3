package dev.snug.server.page;

import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Style sheet, scripts and icon. Each is asked for under a name that holds a hash of its content,
 * so that browsers may keep it for good; its bytes stay on the class path, not on the heap.
 */
final class Assets {
    /** Everything there is: nothing else of the class path can be asked for. */
    static final List<String> NAMES =
            List.of(
                    "style.css",
                    "mark.svg",
                    "snug.js",
                    "photo.js",
                    "skin.js",
                    "sound.js",
                    "speak.js",
                    "jobs.js",
                    "memory.js");

    private static final int HASH_CHARS = 12;

    private final Map<String, String> hashes = new ConcurrentHashMap<>();

    /** The path of {@code name}, such as {@code /assets/style-0123456789ab.css}. */
    String path(String name) {
        int dot = name.lastIndexOf('.');
        return "/assets/" + name.substring(0, dot) + "-" + hash(name) + name.substring(dot);
    }

    /** What a template finds under {@code asset}: file names without their dot, to paths. */
    Map<String, String> paths() {
        Map<String, String> paths = new java.util.HashMap<>();
        for (String name : NAMES) {
            paths.put(name.replace('.', '_'), path(name));
        }
        return paths;
    }

    /** Answers {@code /assets/{file}}. */
    Reply answer(Call call) {
        String asked = "/assets/" + call.segment("file");
        for (String name : NAMES) {
            if (path(name).equals(asked)) {
                return answer(call, name);
            }
        }
        throw HttpException.of(404, "not_found", "there is no " + asked);
    }

    private Reply answer(Call call, String name) {
        String tag = "\"" + hash(name) + "\"";
        boolean isKnown = call.header("If-None-Match").filter(tag::equals).isPresent();
        Reply reply =
                isKnown
                        ? new Reply(304, List.of(), new Reply.Body.Bytes(new byte[0]))
                        : Reply.bytes(200, type(name), bytes(name));
        return reply.with("ETag", tag).with("Cache-Control", "public, max-age=31536000, immutable");
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }

    private String hash(String name) {
        return hashes.computeIfAbsent(
                name,
                n -> {
                    try {
                        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(n));
                        return HexFormat.of().formatHex(digest).substring(0, HASH_CHARS);
                    } catch (NoSuchAlgorithmException e) {
                        throw new IllegalStateException(e); // every JDK has it
                    }
                });
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name + " on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
