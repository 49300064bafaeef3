package dev.snug.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A real file: what becomes of it, and of what is no file of ours. */
final class DatabaseTest {
    private static final String ADD =
            "insert into account(name, password, created) values(?, 'x', 0)";
    private static final String COUNT = "select count(*) from account";

    @TempDir private Path folder;

    @Test
    void whatWasWrittenIsThereAfterOpeningAgain() {
        try (Database database = Database.at(folder)) {
            database.write(s -> s.change(ADD, "lan"));
            database.note(s -> s.change(ADD, "minh"));
        }
        try (Database database = Database.at(folder)) {
            assertThat(count(database)).isEqualTo(2);
        }
    }

    @Test
    void onlyItsOwnerMayReadIt() throws Exception {
        Path data = folder.resolve("deep/data");
        try (Database database = Database.at(data)) {
            assertThat(Files.exists(data)).isFalse();
            database.write(s -> s.change(ADD, "lan"));
            assertThat(permissions(data)).isEqualTo("rwx------");
            try (var files = Files.list(data)) {
                assertThat(files.toList())
                        .isNotEmpty()
                        .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void whatFailsChangesNothing() {
        try (Database database = Database.at(folder)) {
            assertThatThrownBy(
                            () ->
                                    database.write(
                                            s -> {
                                                s.change(ADD, "lan");
                                                throw new IllegalStateException("stop");
                                            }))
                    .hasMessage("stop");
            assertThat(count(database)).isZero();
            database.write(s -> s.change(ADD, "lan"));
            assertThat(count(database)).isEqualTo(1);
        }
    }

    @Test
    void aFileOfALaterVersionIsRefusedAndLeft() throws Exception {
        Database.at(folder).open();
        Path file = folder.resolve("server.db");
        outside("pragma user_version=99");
        byte[] before = Files.readAllBytes(file);

        StoreException refused = refused();

        assertThat(refused.kind()).isEqualTo(StoreException.Kind.NEWER);
        assertThat(refused).hasMessageContaining("99").hasMessageContaining(file.toString());
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void anotherProgramsDatabaseIsRefused() throws Exception {
        outside("create table t(x)");
        assertThat(refused()).hasMessageContaining("another program");
        assertThat(refused().kind()).isEqualTo(StoreException.Kind.DAMAGED);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeft() throws Exception {
        Path file = folder.resolve("server.db");
        String text = "Lan's diary. ".repeat(500);
        Files.writeString(file, text);

        assertThat(refused().kind()).isEqualTo(StoreException.Kind.DAMAGED);
        assertThat(refused()).hasMessageContaining("left as it is");
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void aDamagedPageIsAClearErrorAndTheFileIsLeft() throws Exception {
        try (Database database = Database.at(folder)) {
            for (int i = 0; i < 500; i++) {
                String name = "account-" + i;
                database.note(s -> s.change(ADD, name));
            }
        }
        Path file = folder.resolve("server.db");
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 4096; i < bytes.length; i++) {
            bytes[i] = (byte) 0xa5;
        }
        Files.write(file, bytes);

        try (Database database = Database.at(folder)) {
            StoreException damaged =
                    catchThrowableOfType(StoreException.class, () -> count(database));
            assertThat(damaged.kind()).isEqualTo(StoreException.Kind.DAMAGED);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void aFolderThatIsAFileIsAClearError() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        try (Database database = Database.at(file)) {
            StoreException failed = catchThrowableOfType(StoreException.class, database::open);
            assertThat(failed).hasMessageContaining(file.toString());
        }
    }

    @Test
    void aFullDiskIsAClearErrorAndWhatWasThereStays() throws Exception {
        try (Database database = Database.at(folder)) {
            database.write(s -> s.change(ADD, "lan"));
            // SQLite's own way to a disk without room: sqlite.org/pragma.html#pragma_max_page_count
            long pages = database.read(s -> s.whole("pragma page_count"));
            database.read(s -> s.whole("pragma max_page_count=" + pages));

            StoreException full =
                    catchThrowableOfType(
                            StoreException.class,
                            () -> database.write(s -> s.change(ADD, "x".repeat(100_000))));

            assertThat(full.kind()).isEqualTo(StoreException.Kind.FULL);
            assertThat(full).hasMessageContaining("disk is full");
            assertThat(count(database)).isEqualTo(1);
            database.write(s -> s.change("delete from account"));
            assertThat(count(database)).isZero();
        }
    }

    @Test
    void anotherProcessMayWriteBetweenOurs() throws Exception {
        try (Database database = Database.at(folder)) {
            assertThat(count(database)).isZero();
            outside("insert into account(name, password, created) values('minh', 'x', 0)");
            assertThat(count(database)).isEqualTo(1);
        }
    }

    @Test
    void threadsTakeTurns() throws Exception {
        int threads = 8;
        CountDownLatch done = new CountDownLatch(threads);
        try (Database database = Database.at(folder)) {
            for (int t = 0; t < threads; t++) {
                String name = "t" + t;
                Thread.startVirtualThread(
                        () -> {
                            for (int i = 0; i < 50; i++) {
                                String one = name + "." + i;
                                database.note(s -> s.change(ADD, one));
                            }
                            done.countDown();
                        });
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(count(database)).isEqualTo(threads * 50L);
        }
    }

    @Test
    void aMigrationThatFailsLeavesTheVersionBefore() throws Exception {
        Database.at(folder).open();
        String[][] steps = oneMore("create table more(x)", "create table more(x)");
        try (Connection connection = connection()) {
            assertThatThrownBy(() -> Schema.migrate(connection, "it", steps))
                    .hasMessageContaining("more");
        }
        try (Database database = Database.at(folder)) {
            assertThat(database.<Long>read(s -> s.whole("pragma user_version")))
                    .isEqualTo(Schema.VERSION);
            assertThat(
                            database.<Long>read(
                                    s ->
                                            s.whole(
                                                    "select count(*) from sqlite_schema"
                                                            + " where name = 'more'")))
                    .isZero();
        }
    }

    @Test
    void aMigrationOfALaterVersionKeepsWhatIsThere() throws Exception {
        try (Database database = Database.at(folder)) {
            database.write(s -> s.change(ADD, "lan"));
        }
        String[][] steps = oneMore("alter table account add column note text");
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            Schema.migrate(connection, "it", steps);
            Schema.migrate(connection, "it", steps);
            try (var rows = statement.executeQuery("select name, note from account")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("lan");
            }
        }
    }

    /** The first version had all tables but those of jobs. */
    @Test
    void aFileOfTheFirstVersionGetsItsJobsAndKeepsItsAccounts() throws Exception {
        try (Database database = Database.at(folder)) {
            database.write(s -> s.change(ADD, "lan"));
        }
        for (String table : new String[] {"job_item", "job", "dead_letter"}) {
            outside("drop table " + table);
        }
        outside("pragma user_version=1");

        try (Database database = Database.at(folder)) {
            assertThat(count(database)).isEqualTo(1);
            assertThat(database.<Long>read(s -> s.whole("select count(*) from job"))).isZero();
            assertThat(database.<Long>read(s -> s.whole("pragma user_version")))
                    .isEqualTo(Schema.VERSION);
        }
    }

    /** Steps of which this version lacks the last one. */
    private static String[][] oneMore(String... last) {
        String[][] steps = new String[Schema.VERSION + 1][0];
        steps[Schema.VERSION] = last;
        return steps;
    }

    @Test
    void aClosedDatabaseSaysSo() {
        Database database = Database.at(folder);
        database.close();
        assertThatThrownBy(database::open)
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CLOSED));
    }

    private StoreException refused() {
        try (Database database = Database.at(folder)) {
            StoreException refused = catchThrowableOfType(StoreException.class, database::open);
            assertThat(refused).as("it was opened").isNotNull();
            return refused;
        }
    }

    private void outside(String sql) throws Exception {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connection() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("server.db"));
    }

    private static long count(Database database) {
        return database.read(s -> s.whole(COUNT));
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
