package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command on text and on lines. The oracle is issue 7: a line out for each line in. */
final class NormalizeCommandTest {
    @TempDir private Path home;

    @Test
    void aTextIsSaid() {
        Ran ran = run("Giá", "50.000đ/kg");

        assertThat(ran.out()).isEqualTo("Giá năm mươi nghìn đồng một ki lô gam\n");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void everyLineInIsALineOut() {
        Ran ran = typed("lúc 8h30\n\r\n3 người\r\ncuối").run("normalize").ended(ExitCode.OK);

        assertThat(ran.out()).isEqualTo("lúc tám giờ ba mươi phút\n\nba người\ncuối\n");
    }

    @Test
    void profilesHaveTheirWords() {
        assertThat(run("--profile", "south", "1024").out())
                .isEqualTo("một ngàn không trăm hai mươi bốn\n");
        assertThat(run("-p", "nemo", "1024").out()).isEqualTo("một nghìn hai mươi tư\n");
    }

    @Test
    void anUnknownProfileIsWrongUsage() {
        Ran ran = console().run("normalize", "--profile", "x", "1").ended(ExitCode.USAGE);

        assertThat(ran.complaint())
                .isEqualTo(
                        "no reading profile is called x; there is [default, central, south, nemo]");
    }

    @Test
    void explainShowsWhatReadWhat() {
        assertThat(run("--explain", "QL1A dài 5km").out())
                .isEqualTo(
                        """
                        QL1A\tcode\tquốc lộ một a
                        5km\tmeasure\tnăm ki lô mét
                        quốc lộ một a dài năm ki lô mét
                        """);
    }

    @Test
    void jsonHasTheSpokenTextTheReadingsAndWhatWasDropped() {
        Tree plain = run("--json", "5% ☃").objects().getFirst();
        Tree explained = run("--json", "--explain", "5%").objects().getFirst();

        assertThat(plain.keys()).containsExactly("spoken", "dropped");
        assertThat(plain.get("spoken").text()).isEqualTo("năm phần trăm");
        assertThat(plain.get("dropped").elements().getFirst().text()).isEqualTo("☃");
        Tree reading = explained.get("readings").elements().getFirst();
        assertThat(reading.get("written").text()).isEqualTo("5%");
        assertThat(reading.get("class").text()).isEqualTo("percent");
        assertThat(reading.get("spoken").text()).isEqualTo("năm phần trăm");
    }

    @Test
    void whatIsNotSaidIsTold() {
        assertThat(run("a ☃").complaint()).isEqualTo("not said: ☃");
    }

    @Test
    void aLongLineComesInPieces() throws IOException {
        assertThat(lines("một hai ba bốn\nx\n\nnăm", 10))
                .containsExactly("một hai ", "ba bốn", "x", "", "năm");
        assertThat(lines("0123456789\nx", 10)).containsExactly("0123456789", "x");
        assertThat(lines("01234567890123456789abc", 10))
                .containsExactly("0123456789", "0123456789", "abc");
        assertThat(lines("", 10)).isEmpty();
        assertThat(lines("\n", 10)).containsExactly("");
    }

    private static List<String> lines(String text, int limit) throws IOException {
        InputLines lines = new InputLines(new StringReader(text), limit);
        List<String> all = new ArrayList<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            all.add(line);
        }
        return all;
    }

    private Console console() {
        return Console.at(home);
    }

    private Console typed(String text) {
        return new Console(home, text);
    }

    private Ran run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "normalize";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return console().run(all).ended(ExitCode.OK);
    }
}
