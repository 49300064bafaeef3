package dev.snug.speech.vietvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.speech.vietvoice.TarReader.Member;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Oracle: archives laid out by hand after POSIX and GNU's manual. */
final class TarReaderTest {
    private final TarBuilder tar = new TarBuilder();

    @Test
    void membersOfAllDialectsComeWithNameAndContent() throws IOException {
        String deep = "folder/".repeat(40) + "deep.txt";
        String marked = "giọng/đọc.wav";
        tar.header("folder/", '5', 0);
        tar.file("./plain.txt", "plain");
        tar.longName(deep).file("ignored", "gnu");
        tar.pax("path", marked).file("ignored", "pax");
        tar.pax("comment", "nothing").file("empty", "");
        tar.pax("size", "3").header("sized", '0', 0).content("abc".getBytes(UTF_8));
        assertThat(members(tar.end()))
                .containsExactlyEntriesOf(
                        map(
                                "plain.txt",
                                "plain",
                                deep,
                                "gnu",
                                marked,
                                "pax",
                                "empty",
                                "",
                                "sized",
                                "abc"));
    }

    @Test
    void whatNobodyReadsIsPassedOver() throws IOException {
        tar.file("a", "x".repeat(100_000)).file("b", "y");
        TarReader reader = new TarReader(new ByteArrayInputStream(tar.end()), "t.tar");
        assertThat(reader.next()).isEqualTo(new Member("a", 100_000));
        assertThat(reader.next()).isEqualTo(new Member("b", 1));
        assertThat(reader.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "a/../../x",
                "/etc/passwd",
                "C:/x",
                "a\\..\\x",
                "a\nb",
                "a/..",
                ".."
            })
    void namesThatLeadOutOfAFolderAreRefused(String name) {
        assertRefused(tar.file(name, "x").end(), "leads out of a folder");
        assertRefused(
                new TarBuilder().pax("path", name.replace("\n", "\t")).file("x", "x").end(),
                "leads out of a folder");
        assertRefused(
                new TarBuilder().longName(name).file("x", "x").end(), "leads out of a folder");
    }

    @Test
    void linksAndDevicesAreRefusedByName() {
        for (Map.Entry<Character, String> type :
                Map.of(
                                '1',
                                "hard link",
                                '2',
                                "symbolic link",
                                '3',
                                "device",
                                '4',
                                "device",
                                '6',
                                "pipe",
                                'S',
                                "sparse file",
                                'V',
                                "unknown type")
                        .entrySet()) {
            byte[] archive = new TarBuilder().header("x.onnx", type.getKey(), 0).end();
            assertRefused(archive, type.getValue());
        }
    }

    @Test
    void damageIsNamed() {
        byte[] whole = tar.file("a", "abc").end();
        assertRefused(new byte[0], "is no tar archive");
        assertRefused("PK\3\4".repeat(200).getBytes(UTF_8), "is this a tar archive");
        assertRefused(Arrays.copyOf(whole, 600), "is cut short");
        assertRefused(Arrays.copyOf(whole, 1024), "is cut short");
        byte[] changed = whole.clone();
        changed[3] ^= 1;
        assertRefused(changed, "checksum is wrong");
        assertRefused(new TarBuilder().file("a", "x").file("./a", "y").end(), "holds 'a' twice");
    }

    @Test
    void headersThatClaimAbsurdSizesAreRefusedBeforeMemoryIsSpent() {
        assertRefused(tar.header("././@LongLink", 'L', 1L << 32).bytes(), "65536 are allowed");
        assertRefused(new TarBuilder().header("PaxHeader", 'x', 1L << 40).bytes(), "are allowed");
        assertRefused(new TarBuilder().header("x", '0', -1).bytes(), "is absurd");
        assertRefused(
                new TarBuilder().pax("size", "99999999999999999999").file("x", "").end(),
                "with the size");
        assertRefused(new TarBuilder().pax("GNU.sparse.map", "0").file("x", "").end(), "sparse");
        byte[] record = "999999 path=x\n".getBytes(UTF_8);
        assertRefused(
                new TarBuilder().header("PaxHeader", 'x', record.length).content(record).end(),
                "damaged pax header");
    }

    @Test
    void moreMembersThanAnyArchiveHasAreRefused() {
        for (int i = 0; i <= TarReader.HEADERS_MAX; i++) {
            tar.header("f" + i, '0', 0);
        }
        assertRefused(tar.end(), "more than 10000 members");
    }

    private static void assertRefused(byte[] archive, String message) {
        assertThatThrownBy(() -> members(archive))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("t.tar")
                .hasMessageContaining(message);
    }

    private static Map<String, String> members(byte[] archive) throws IOException {
        TarReader reader = new TarReader(new ByteArrayInputStream(archive), "t.tar");
        Map<String, String> members = new LinkedHashMap<>();
        byte[] buffer = new byte[7];
        for (Member member = reader.next(); member != null; member = reader.next()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
                content.write(buffer, 0, read);
            }
            members.put(member.name(), content.toString(UTF_8));
        }
        return members;
    }

    private static Map<String, String> map(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
