package dev.snug.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process that is killed while it writes: what it said is written is there, and whole. The oracle
 * is what it said, and SQLite's own check of the file.
 */
final class KilledWriterTest {
    private static final int KILLS = 3;

    @TempDir private Path folder;

    /** Writes pairs of rows, some waiting for the disk and some not, and says each that is done. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            try (Database database = Database.at(Path.of(arguments[0]))) {
                long first = Long.parseLong(arguments[1]);
                for (long i = first; i < first + 1_000_000; i++) {
                    long pair = i;
                    Database.Work<Boolean> work =
                            s -> {
                                add(s, "left-" + pair);
                                add(s, "right-" + pair);
                                return true;
                            };
                    boolean isDone = i % 2 == 0 ? database.write(work) : database.note(work);
                    System.out.println(isDone ? i : -1);
                }
            }
        }

        private static void add(Statements statements, String name) throws java.sql.SQLException {
            statements.change(
                    "insert into account(name, password, created) values(?, ?, 0)",
                    name,
                    "x".repeat(500));
        }
    }

    @Test
    void whatAKilledProcessSaidIsWrittenIsThereAndWhole() throws Exception {
        long said = -1;
        for (int kill = 1; kill <= KILLS; kill++) {
            said = saidBeforeKilled(said + 1_000_000L * kill, 150);
            try (Database database = Database.at(folder)) {
                long last = said;
                assertThat(count(database, "name = 'right-" + last + "'")).isEqualTo(1);
                assertThat(count(database, "name like 'left-%'"))
                        .isGreaterThanOrEqualTo(150L * kill)
                        .isEqualTo(count(database, "name like 'right-%'"));
                String check =
                        database.read(s -> s.first("pragma integrity_check", row -> row.text(1)))
                                .orElseThrow();
                assertThat(check).isEqualTo("ok");
            }
        }
    }

    private long saidBeforeKilled(long first, int lines) throws Exception {
        Process writer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Writer.class.getName(),
                                folder.toString(),
                                String.valueOf(first))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out = writer.inputReader()) {
            long said = -1;
            for (int i = 0; i < lines; i++) {
                said = Long.parseLong(String.valueOf(out.readLine()));
            }
            // SIGKILL on Linux and macOS, most likely in the middle of a transaction.
            writer.destroyForcibly();
            assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return said;
        } finally {
            writer.destroyForcibly();
        }
    }

    private static long count(Database database, String condition) {
        return database.read(s -> s.whole("select count(*) from account where " + condition));
    }
}
