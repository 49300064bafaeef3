package dev.snug.speech.sound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.sound.SoundTags.Chapter;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tags of MP3 files. The oracles are the ID3v2.4 structure and its chapter addendum, byte by byte;
 * ffprobe 5.1.9 shows such chapters with their titles.
 */
final class Id3TagTest {
    @Test
    void textsAreUtf8BehindTheirSizes() {
        SoundTags tags = new SoundTags("Đ", "lan", "", 0, List.of());
        assertThat(hex(Id3Tag.of(tags, 24_000)))
                .isEqualTo(
                        ("494433 0400 00 0000001b"
                                        + "54495432 00000003 0000 03 c490"
                                        + "54504531 00000004 0000 03 6c616e")
                                .replace(" ", ""));
    }

    @Test
    void chaptersAreFramesThatATableNames() {
        SoundTags tags = new SoundTags("", "", "", 0, List.of(new Chapter("A", 24_000, 36_000)));
        assertThat(hex(Id3Tag.of(tags, 24_000)))
                .isEqualTo(
                        ("494433 0400 00 0000003e"
                                        + "43544f43 0000000a 0000 746f6300 03 01 63683000"
                                        + "43484150 00000020 0000 63683000"
                                        + "000003e8 000005dc ffffffff ffffffff"
                                        + "54495432 00000002 0000 03 41")
                                .replace(" ", ""));
    }

    @Test
    void sizesHaveSevenBitsAByte() {
        byte[] tag = Id3Tag.of(new SoundTags("a".repeat(200), "", "", 0, List.of()), 24_000);
        assertThat(HexFormat.of().formatHex(tag, 6, 20)).isEqualTo("0000015354495432000001490000");
        assertThat(tag).hasSize(10 + 10 + 201);
    }

    @Test
    void nothingToTellIsNoTag() {
        assertThat(Id3Tag.of(SoundTags.NONE, 24_000)).isEmpty();
    }

    @Test
    void aTableNamesNoMoreThanItCan() {
        List<Chapter> chapters =
                IntStream.range(0, 300).mapToObj(i -> new Chapter("", i, i + 1)).toList();
        String tag =
                new String(
                        Id3Tag.of(new SoundTags("", "", "", 0, chapters), 24_000),
                        StandardCharsets.ISO_8859_1);
        assertThat(tag.charAt(25)).as("entries").isEqualTo('\u00ff');
        assertThat(tag.split("CHAP", -1)).hasSize(301);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
