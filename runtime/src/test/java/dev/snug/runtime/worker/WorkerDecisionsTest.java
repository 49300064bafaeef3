package dev.snug.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.worker.WorkerException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * What a worker is started with, and how ends and errors are named, without a process. The oracles:
 * the text of the launcher, signal(7), and texts that HotSpot and ONNX Runtime printed.
 */
final class WorkerDecisionsTest {
    private static final OptionalLong NOT_TOLD = OptionalLong.empty();

    @Test
    void theFlagsAndSettingsAreThoseOfTheLauncher() throws Exception {
        String launcher =
                Files.readString(Path.of(System.getProperty("snug.root", "..")).resolve("snug"));
        String run = launcher.substring(launcher.indexOf("run_java() {"));
        run = run.substring(0, run.indexOf("\n}"));
        for (String flag : JvmFlags.SMALL) {
            assertThat(run).contains(" " + flag + " ");
        }
        JvmFlags.ENVIRONMENT.forEach(
                (name, value) -> assertThat(launcher).contains(name + "=" + value));
        long flags =
                run.replace("\\\n", " ")
                        .lines()
                        .filter(line -> line.contains("MALLOC_"))
                        .flatMap(line -> Arrays.stream(line.split("[ \"]+", -1)))
                        .filter(word -> word.matches("-(?!Xmx|Dsnug\\.).*"))
                        .count();
        assertThat(flags)
                .as("all but the heap and the launcher's own properties")
                .isEqualTo(JvmFlags.SMALL.size());
    }

    @Test
    void theCommandIsThatOfTheRunningProcess() {
        JavaCommand command =
                JavaCommand.of(
                        name ->
                                switch (name) {
                                    case "java.home" -> "/jdk";
                                    case "java.class.path" -> "/a.jar";
                                    case "onnxruntime.native.path" -> "/native";
                                    default -> "";
                                },
                        List.of("-Xmx9m", "-XX:AOTCache=/old.aot", "-XX:AOTCache=/snug.aot", "M"),
                        path -> path.equals(Path.of("/bin/prlimit")));
        WorkerSettings settings =
                new WorkerSettings(
                        command,
                        "dev.snug.Task",
                        64 << 20,
                        OptionalLong.of(256 << 20),
                        List.of("-Dx=y"),
                        Duration.ofSeconds(1));
        List<String> line = settings.commandLine(Path.of("/tmp/s"));
        assertThat(line)
                .startsWith("/bin/prlimit", "--data=268435456", "/jdk/bin/java")
                .containsAll(JvmFlags.SMALL)
                .containsSubsequence(
                        "-Xmx67108864",
                        "-XX:AOTCache=/snug.aot",
                        "-Donnxruntime.native.path=/native",
                        "-Dx=y",
                        "-cp",
                        "/a.jar")
                .endsWith(WorkerMain.class.getName(), "/tmp/s", "dev.snug.Task");
        assertThat(settings.notes()).isEmpty();

        WorkerSettings without = settings.withCommand(command.withoutPrlimit());
        assertThat(without.commandLine(Path.of("/tmp/s"))).startsWith("/jdk/bin/java");
        assertThat(without.notes())
                .singleElement()
                .asString()
                .startsWith("there is no prlimit at /usr/bin/prlimit or /bin/prlimit");
    }

    @Test
    void limitsThatCannotHoldAJvmAreRefused() {
        WorkerSettings settings = Children.settings();
        long least = Children.HEAP_BYTES + WorkerSettings.BESIDE_HEAP_BYTES;
        assertThat(settings.withDataBytes(least).dataBytes()).hasValue(least);
        assertThatThrownBy(() -> settings.withDataBytes(least - 1))
                .hasMessageContaining("cannot start with less than " + least + " bytes of data")
                .hasMessageContaining("lower the heap or raise the data limit");
        assertThatThrownBy(() -> WorkerSettings.of(Chores.class, 1 << 20))
                .hasMessageContaining("at least 16777216 bytes, not 1048576");
    }

    @ParameterizedTest
    @CsvSource({
        "137, '', 3, 3, CRASHED, was ended by SIGKILL",
        "137, '', 3, 4, KILLED_FOR_MEMORY, was killed by the kernel for memory (SIGKILL; oom_kill"
                + " of the control group rose from 3 to 4)",
        "134, '', 3, 4, CRASHED, was ended by SIGABRT",
        "143, bye, 0, 0, CRASHED, 'was ended by SIGTERM, its last words: bye'",
        "168, '', 0, 0, CRASHED, was ended by signal 40",
        "1, '#  SIGSEGV (0xb) at pc=0x00007fce92a33f14', 0, 0, CRASHED, crashed with SIGSEGV",
        "7, '', 0, 0, CRASHED, ended with exit code 7",
        "1, There is insufficient memory for the Java Runtime Environment to continue., 0, 0,"
                + " OUT_OF_MEMORY, ran out of memory (There is insufficient memory for the Java"
                + " Runtime Environment to continue.)",
        "134, terminate called after throwing an instance of 'std::bad_alloc', 0, 0,"
                + " OUT_OF_MEMORY, ran out of memory (terminate called after throwing an instance"
                + " of 'std::bad_alloc')",
    })
    void endsAreNamed(
            int exitCode, String output, long before, long after, Kind kind, String words) {
        assertThat(ExitCause.of(exitCode, output, OptionalLong.of(before), OptionalLong.of(after)))
                .isEqualTo(new ExitCause(kind, words));
    }

    @Test
    void withoutAControlGroupAKillIsAKill() {
        assertThat(ExitCause.of(137, "", NOT_TOLD, NOT_TOLD).words())
                .isEqualTo("was ended by SIGKILL");
    }

    @Test
    void whatATaskThrowsIsOfOneKind() {
        assertKind(Kind.OUT_OF_MEMORY, new OutOfMemoryError("Java heap space"));
        assertKind(
                Kind.OUT_OF_MEMORY,
                new IllegalStateException(
                        "cannot run m.onnx: Error code - ORT_FAIL: std::bad_alloc"));
        assertKind(
                Kind.OUT_OF_MEMORY,
                new IllegalStateException("chunk 3", new IllegalStateException("std::bad_alloc")));
        assertKind(Kind.OUT_OF_MEMORY, new TaskException(Kind.OUT_OF_MEMORY, "needs 9 MiB"));
        assertKind(
                Kind.BAD_REQUEST,
                new IllegalStateException(new TaskException(Kind.BAD_REQUEST, "no voice")));
        assertKind(Kind.BAD_REQUEST, new IllegalArgumentException("no voice"));
        assertKind(Kind.CANCELLED, new CancellationException());
        assertKind(Kind.FAILED, new IllegalStateException("no such file"));
        assertKind(Kind.FAILED, new StackOverflowError());
        assertThat(TaskFailure.of(new IllegalStateException("x".repeat(5000))).message())
                .hasSizeLessThan(1100);
    }

    private static void assertKind(Kind kind, Throwable thrown) {
        assertThat(TaskFailure.of(thrown).kind()).isEqualTo(kind);
    }

    @Test
    void requestsOutOfRangeAreRefusedBeforeTheyAreSent() {
        Duration second = Duration.ofSeconds(1);
        byte[] none = new byte[0];
        assertThatThrownBy(() -> Request.of("", none, second))
                .hasMessage("a request's name must be 1 to 1024 bytes, not 0");
        assertThatThrownBy(() -> Request.of("đ".repeat(513), none, second))
                .hasMessageContaining("not 1026");
        assertThatThrownBy(
                        () ->
                                new Request(
                                        "x",
                                        Request.BODY_BYTES_MAX + 1,
                                        InputStream.nullInputStream(),
                                        second))
                .hasMessageContaining("must be 0 to 67108864 bytes, not 67108865");
        assertThatThrownBy(() -> Request.of("x", none, Duration.ZERO))
                .hasMessageContaining("deadline must be positive");
    }
}
