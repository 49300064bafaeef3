package dev.snug.speech.sound;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a sound file is, by its first bytes and never by its name. */
enum SoundKind {
    WAV,
    FLAC,
    MP3,
    OGG_VORBIS,
    OGG_OPUS;

    /** First bytes that tell all kinds apart: an Ogg page's header, and its packet's name. */
    static final int BYTES = 40;

    private static final int OGG_PACKET_AT = 28;

    /** The kind of a file that begins with {@code start}; none where it is none that is read. */
    static Optional<SoundKind> of(byte[] start) {
        String text = text(start);
        if (isRiff(text) && text.startsWith("WAVE", 8)) {
            return Optional.of(WAV);
        }
        if (text.startsWith("fLaC")) {
            return Optional.of(FLAC);
        }
        if (text.startsWith("OggS")) {
            boolean isOpus = text.startsWith("OpusHead", OGG_PACKET_AT);
            boolean isVorbis = text.startsWith("\1vorbis", OGG_PACKET_AT);
            return isOpus
                    ? Optional.of(OGG_OPUS)
                    : isVorbis ? Optional.of(OGG_VORBIS) : Optional.empty();
        }
        return isLayerThree(start) ? Optional.of(MP3) : Optional.empty();
    }

    private static boolean isRiff(String text) {
        return text.startsWith("RIFF") || text.startsWith("RF64") || text.startsWith("BW64");
    }

    private static boolean isLayerThree(byte[] start) {
        return start.length > 1
                && (start[0] & 0xff) == 0xff
                && (start[1] & 0xe6) == 0xe2
                && (start[1] & 0x18) != 0x08;
    }

    /** What else a file that begins so may be, for people. */
    static String named(byte[] start) {
        String text = text(start);
        if (text.startsWith("ftyp", 4)) {
            return "AAC or another sound in MP4 (M4A)";
        }
        if (start.length > 1 && (start[0] & 0xff) == 0xff && (start[1] & 0xf6) == 0xf0) {
            return "AAC (ADTS)";
        }
        if (text.startsWith("0&\u00b2u")) {
            return "WMA";
        }
        if (text.startsWith("FORM") && text.startsWith("AIF", 8)) {
            return "AIFF";
        }
        if (text.startsWith("\u001aE\u00df\u00a3")) {
            return "WebM or Matroska";
        }
        if (text.startsWith("#!AMR")) {
            return "AMR";
        }
        if (text.startsWith("caff")) {
            return "CAF";
        }
        if (text.startsWith("OggS")) {
            return "Ogg, but holds neither Vorbis nor Opus";
        }
        return "no sound that is read here";
    }

    private static String text(byte[] start) {
        return new String(start, StandardCharsets.ISO_8859_1);
    }
}
