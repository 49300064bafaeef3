package dev.snug.vision.picture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the markers of a JPEG file say (ITU-T T.81, annex B), found by walking the file once without
 * decoding: the frame, how its samples mean colour, the orientation, and the pieces of the file
 * that a decoder needs. Application segments and comments are not among these pieces, so profiles,
 * thumbnails and positions never reach the decoder.
 */
final class JpegOutline {
    /**
     * Segments; cameras write fewer than a hundred, depth maps split into 64 KB pieces some more.
     */
    private static final int SEGMENTS = 4096;

    /**
     * Scans; the common progressive script has 10, the finest ones below 30. Each costs a walk over
     * the whole picture however few bytes it has.
     */
    private static final int SCANS = 64;

    /** How three or four samples mean colour. */
    enum Colour {
        GRAY,
        YCC,
        RGB,
        CMYK,
        YCCK
    }

    private final PictureBytes file;
    private final List<Piece> pieces = new ArrayList<>();
    private byte[] frame = {};
    private Orientation orientation = Orientation.UPRIGHT;
    private boolean progressive;
    private boolean jfif;
    private int adobeTransform = -1;
    private int scans;
    private boolean whole;

    private JpegOutline(PictureBytes file) {
        this.file = file;
    }

    static JpegOutline of(PictureBytes file) throws IOException {
        return of(file, 0);
    }

    /** Of a JPEG file that begins at {@code start} of another one. */
    static JpegOutline of(PictureBytes file, long start) throws IOException {
        JpegOutline outline = new JpegOutline(file);
        outline.walk(start + 2);
        if (outline.scans == 0) {
            throw new PictureException("the file ends early, before its first row");
        }
        return outline;
    }

    private void walk(long from) throws IOException {
        long at = from;
        for (int segment = 0; ; segment++) {
            at = file.indexOf(0xff, at);
            while (file.at(at) == 0xff) {
                at++;
            }
            int marker = file.at(at++);
            if (marker < 0) {
                return;
            } else if (marker == 0xd9) {
                whole = true;
                keep(at - 2, at);
                return;
            } else if (marker == 0 || marker == 1 || (marker >= 0xd0 && marker <= 0xd8)) {
                continue;
            } else if (segment > SEGMENTS) {
                throw new PictureException("damaged: more than " + SEGMENTS + " segments");
            }
            int length = at + 2 <= file.size() ? file.uint16(at) : 0;
            if (length < 2 || at + length > file.size()) {
                throw new PictureException(
                        "the file ends early or is damaged, at its segment %02X of %d bytes, byte %d"
                                .formatted(marker, length, at));
            }
            at = readSegment(marker, at, length);
        }
    }

    /** Takes in the segment whose length field is at {@code at}; returns where the next starts. */
    private long readSegment(int marker, long at, int length) throws IOException {
        long end = at + length;
        switch (marker) {
            case 0xc0, 0xc1, 0xc2 -> {
                readFrame(marker, file.bytes(at + 2, length - 2));
                keep(at - 2, end);
            }
            case 0xc4, 0xdb, 0xdd -> keep(at - 2, end);
            case 0xda -> {
                if (frame.length == 0 || ++scans > SCANS) {
                    throw new PictureException("damaged: scan " + scans + " of at most " + SCANS);
                }
                end = endOfScan(end);
                keep(at - 2, end);
            }
            case 0xe0 -> jfif |= startsWith(at, length, "JFIF\0");
            case 0xe1 -> readExif(at, length);
            case 0xee -> readAdobe(at, length);
            default -> refuseUnread(marker);
        }
        return end;
    }

    private static void refuseUnread(int marker) {
        if (marker >= 0xc3 && marker <= 0xcf && marker != 0xc8) {
            String kind = marker >= 0xc9 ? "arithmetic-coded" : "lossless or hierarchical";
            throw new PictureException("a %s JPEG is not read here: save it anew".formatted(kind));
        }
    }

    private void readFrame(int marker, byte[] data) {
        int components = data.length < 6 ? 0 : data[5];
        if (frame.length != 0 || data.length < 6 || data.length != 6 + 3 * components) {
            throw new PictureException("damaged: its frame header is wrong");
        }
        if (data[0] != 8) {
            throw new PictureException("a JPEG of %d bits is not read here".formatted(data[0]));
        }
        if (components != 1 && components != 3 && components != 4) {
            throw new PictureException("a JPEG of " + components + " components is not read here");
        }
        for (int i = 7; i < data.length; i += 3) {
            int across = data[i] >> 4;
            int down = data[i] & 15;
            if (across < 1 || across > 4 || down < 1 || down > 4) {
                throw new PictureException("damaged: sampling factors " + across + " x " + down);
            }
        }
        frame = data;
        progressive = marker == 0xc2;
        if (width() == 0 || height() == 0) {
            throw new PictureException(
                    "damaged: the header says %d x %d pixels".formatted(width(), height()));
        }
    }

    private void readExif(long at, int length) throws IOException {
        if (startsWith(at, length, "Exif\0")) {
            orientation = Exif.orientation(file.bytes(at + 8, Math.max(0, length - 8)));
        }
    }

    private void readAdobe(long at, int length) throws IOException {
        if (length >= 14 && startsWith(at, length, "Adobe")) {
            adobeTransform = file.at(at + 13);
        }
    }

    private boolean startsWith(long at, int length, String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        return length >= 2 + wanted.length
                && Arrays.equals(file.bytes(at + 2, wanted.length), wanted);
    }

    /** The place of the marker after the coded data; restart markers and stuffed zeros are data. */
    private long endOfScan(long at) throws IOException {
        while (true) {
            at = file.indexOf(0xff, at);
            int next = file.at(at + 1);
            if (next < 0) {
                return file.size();
            }
            if (next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
                return at;
            }
            at += next == 0xff ? 1 : 2;
        }
    }

    private void keep(long from, long to) {
        Piece last = pieces.isEmpty() ? new Piece(from, 0) : pieces.removeLast();
        if (last.at() + last.bytes() == from) {
            pieces.add(new Piece(last.at(), to - last.at()));
        } else {
            pieces.add(last);
            pieces.add(new Piece(from, to - from));
        }
    }

    int width() {
        return uint16(3);
    }

    int height() {
        return uint16(1);
    }

    private int uint16(int at) {
        return ((frame[at] & 0xff) << 8) | (frame[at + 1] & 0xff);
    }

    Orientation orientation() {
        return orientation;
    }

    /** What a decoder needs, in file order. */
    List<Piece> pieces() {
        return pieces;
    }

    /** How often decoding goes over a pixel, times the pixels. */
    long pixelsScanned() {
        return (long) width() * height() * scans;
    }

    /** How often decoding walks over the picture; for gray and for baseline files mostly once. */
    int scans() {
        return scans;
    }

    /** The end marker was found. */
    boolean isWhole() {
        return whole;
    }

    /** Rows come out only after the last scan; until then the decoder keeps all coefficients. */
    boolean isBuffered() {
        return progressive || scans > 1;
    }

    /** Bytes of the coefficients that a decoder keeps: 2 for each sample of each component. */
    long coefficientBytes() {
        int acrossMost = 1;
        int downMost = 1;
        for (int i = 7; i < frame.length; i += 3) {
            acrossMost = Math.max(acrossMost, frame[i] >> 4);
            downMost = Math.max(downMost, frame[i] & 15);
        }
        long blocksAcross = Math.ceilDiv(width(), 8 * acrossMost);
        long blocksDown = Math.ceilDiv(height(), 8 * downMost);
        long bytes = 0;
        for (int i = 7; i < frame.length; i += 3) {
            bytes += 128 * blocksAcross * (frame[i] >> 4) * blocksDown * (frame[i] & 15);
        }
        return bytes;
    }

    /** By the rules of libjpeg: JFIF first, then Adobe's marker, then the ids of the components. */
    Colour colour() {
        return switch (frame[5]) {
            case 1 -> Colour.GRAY;
            case 3 -> isRgb() ? Colour.RGB : Colour.YCC;
            default -> adobeTransform == 2 ? Colour.YCCK : Colour.CMYK;
        };
    }

    private boolean isRgb() {
        if (jfif || adobeTransform > 0) {
            return false;
        }
        return adobeTransform == 0 || (frame[6] == 'R' && frame[9] == 'G' && frame[12] == 'B');
    }
}
