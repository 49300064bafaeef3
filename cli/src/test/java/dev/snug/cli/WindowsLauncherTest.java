package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The launcher of Windows, as text: nothing runs it here. The oracle is the shell script, which
 * other tests run.
 */
final class WindowsLauncherTest {
    private static final Path ROOT = Path.of(System.getProperty("snug.root", ".."));

    private static final Pattern FLAG =
            Pattern.compile(
                    "(?<=[\\s\"'=(])(-X[A-Za-z:][^\\s\"')]*|-D[^\\s\"')]+|--enable[^\\s\"')]+)");

    /** Of the build and of the benches. */
    private static final Set<String> OF_THE_SCRIPT_ALONE =
            Set.of(
                    "-XX:AOTCacheOutput=<dist>/<cache>.aot",
                    "-XX:-AOTRecordTraining",
                    "-XX:AOTCache=<dist>/snug.aot");

    private static String script() throws IOException {
        return Files.readString(ROOT.resolve("snug"));
    }

    private static String batch() throws IOException {
        return Files.readString(ROOT.resolve("snug.cmd"));
    }

    /** Flags of Java, with variables written alike and remarks left out. */
    private static Set<String> flags(String text, String remark) {
        Set<String> flags = new TreeSet<>();
        for (String line : text.lines().toList()) {
            if (line.strip().startsWith(remark) || line.contains("mvn ")) {
                continue;
            }
            Matcher found = FLAG.matcher(line);
            while (found.find()) {
                flags.add(
                        found.group()
                                .replaceAll("%%~f?[a-z]", "<native>")
                                .replaceAll("%([a-z]+)%", "<$1>")
                                .replaceAll("\\$\\{?([a-z]+)}?", "<$1>")
                                .replace('\\', '/'));
            }
        }
        return flags;
    }

    @Test
    void theFlagsOfJavaAreThoseOfTheShellScript() throws IOException {
        Set<String> expected = flags(script(), "#");
        expected.removeAll(OF_THE_SCRIPT_ALONE);

        assertThat(expected).contains("-XX:+UseSerialGC", "-Xss512k", "-Xmx<heap>", "-Xmn2m");
        assertThat(flags(batch(), "rem")).isEqualTo(expected);
    }

    @Test
    void theTelemetryOfTheEngineIsOffInBoth() throws IOException {
        assertThat(script()).contains("ORT_DISABLE_TELEMETRY=1");
        assertThat(batch()).contains("set \"ORT_DISABLE_TELEMETRY=1\"");
    }

    @Test
    void bothReadTheSameVariables() throws IOException {
        Pattern variable = Pattern.compile("SNUG_[A-Z_]+");
        Set<String> ofBatch = new TreeSet<>();
        variable.matcher(batch()).results().forEach(found -> ofBatch.add(found.group()));

        assertThat(ofBatch)
                .containsExactly(
                        "SNUG_HEAP_MAX",
                        "SNUG_JAVA_HOME",
                        "SNUG_JAVA_OPTIONS",
                        "SNUG_LAUNCH",
                        "SNUG_MEMORY",
                        "SNUG_NO_BUILD");
        assertThat(script()).contains(ofBatch);
    }

    @Test
    void everyLabelThatIsCalledIsThereOnceAndLinesEndAsWindowsEndsThem() throws IOException {
        String batch = batch();
        List<String> lines = batch.lines().toList();
        Matcher called = Pattern.compile("(?:goto |call :)([a-z_]+)").matcher(batch);
        while (called.find()) {
            String label = ":" + called.group(1);
            assertThat(lines).as(label).containsOnlyOnce(label);
        }
        assertThat(batch.replace("\r\n", "")).doesNotContain("\n", "\r");
    }

    @Test
    void noVariableThatHoldsAFolderStandsBareWithinParentheses() throws IOException {
        int depth = 0;
        for (String line : batch().lines().toList()) {
            String bare = line.replaceAll("\"[^\"]*\"", "").replaceAll("\\^[()]", "");
            if (depth > 0) {
                assertThat(bare).doesNotContain("%root%", "%jdk%", "%dist%", "%jar%");
            }
            if (!line.strip().startsWith("rem")) {
                depth += (int) bare.chars().filter(c -> c == '(').count();
                depth -= (int) bare.chars().filter(c -> c == ')').count();
            }
        }
        assertThat(depth).as("parentheses that stay open").isZero();
    }

    @Test
    void theExitCodeOfJavaIsTheOneOfTheCommand() throws IOException {
        List<String> lines = batch().lines().toList();
        int java = 0;
        while (!lines.get(java).startsWith("\"%jdk%\\bin\\java.exe\"")) {
            java++;
        }
        while (lines.get(java).endsWith("^")) {
            java++;
        }

        assertThat(lines.get(java)).endsWith(" dev.snug.cli.Main %*");
        assertThat(lines.get(java + 1)).isEqualTo("exit /b %ERRORLEVEL%");
    }
}
