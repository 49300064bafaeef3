package dev.snug.speech.sound;

import dev.snug.speech.sound.SoundTags.Chapter;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tags as MP3 files have them before their first frame. Texts are UTF-8; chapters are frames of
 * their own, which the table of contents names in order.
 *
 * <p>Sources: "ID3 tag version 2.4.0" (2000), main structure and native frames; "ID3v2 Chapter
 * Frame Addendum 1.0" (2005).
 */
final class Id3Tag {
    /** Chapters that one table of contents can name; more of them have frames only. */
    private static final int LISTED_MAX = 255;

    private static final int UTF_8 = 3;
    private static final int HEADER_BYTES = 10;

    /** The table is the only one, and in order. */
    private static final int TOP_AND_ORDERED = 3;

    private Id3Tag() {}

    /** The tag; no bytes where there is nothing to tell. */
    static byte[] of(SoundTags tags, int rate) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.writeBytes(text("TIT2", tags.title()));
        frames.writeBytes(text("TPE1", tags.artist()));
        frames.writeBytes(text("TALB", tags.album()));
        frames.writeBytes(text("TRCK", tags.track() > 0 ? "" + tags.track() : ""));
        List<Chapter> chapters = tags.chapters();
        if (!chapters.isEmpty()) {
            frames.writeBytes(contents(chapters));
            for (int i = 0; i < chapters.size(); i++) {
                frames.writeBytes(chapter(i, chapters.get(i), rate));
            }
        }
        byte[] all = frames.toByteArray();
        return all.length == 0 ? all : sized("ID3\4\0\0", all, "");
    }

    private static byte[] text(String name, String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        byte[] body =
                ByteBuffer.allocate(1 + encoded.length).put((byte) UTF_8).put(encoded).array();
        return sized(name, body, "\0\0");
    }

    private static byte[] contents(List<Chapter> chapters) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int listed = Math.min(chapters.size(), LISTED_MAX);
        body.writeBytes(ascii("toc\0"));
        body.write(TOP_AND_ORDERED);
        body.write(listed);
        for (int i = 0; i < listed; i++) {
            body.writeBytes(ascii("ch" + i + "\0"));
        }
        return sized("CTOC", body.toByteArray(), "\0\0");
    }

    private static byte[] chapter(int number, Chapter chapter, int rate) {
        byte[] id = ascii("ch" + number + "\0");
        byte[] title = text("TIT2", chapter.title());
        ByteBuffer body = ByteBuffer.allocate(id.length + 16 + title.length).put(id);
        body.putInt((int) (chapter.start() * 1000 / rate));
        body.putInt((int) (chapter.end() * 1000 / rate));
        // The times count, not places in bytes.
        body.putInt(-1).putInt(-1).put(title);
        return sized("CHAP", body.array(), "\0\0");
    }

    /** A frame or tag: its name, its size in 7 bits a byte, flags, and what is in it. */
    private static byte[] sized(String name, byte[] body, String flags) {
        ByteBuffer all = ByteBuffer.allocate(HEADER_BYTES + body.length).put(ascii(name));
        for (int shift = 21; shift >= 0; shift -= 7) {
            all.put((byte) (body.length >>> shift & 0x7f));
        }
        return all.put(ascii(flags)).put(body).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
