package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Accounts and tokens from the command line. The oracle is what `snug account list` then shows. */
final class AccountCommandTest {
    private static final String PASSWORD = "correct horse";

    @TempDir private Path home;

    @Test
    void accountsAreAddedListedAndRemoved() {
        typing(PASSWORD + "\nnot read\n", "add", "lan", "--password-stdin").ended(ExitCode.OK);

        Tree lan = run("list", "--json").ended(ExitCode.OK).list().getFirst();
        assertThat(lan.get("name").text()).isEqualTo("lan");
        assertThat(run("list").out()).isEqualTo("lan\n");
        assertThat(Files.exists(home.resolve("server/server.db"))).isTrue();

        run("remove", "lan").ended(ExitCode.OK);
        assertThat(run("list").ended(ExitCode.OK).out()).isEmpty();
        assertThat(run("remove", "lan").ended(ExitCode.FAILED).complaint())
                .contains("there is no account lan");
    }

    @Test
    void tokensAreShownOnceListedAndRevoked() {
        typing(PASSWORD, "add", "lan", "--password-stdin").ended(ExitCode.OK);
        Ran made = run("token", "lan", "--scope", "classify,speak", "--name", "phone");

        assertThat(made.ended(ExitCode.OK).out()).matches("snug_[0-9A-Za-z]{40}\n");
        assertThat(run("list").out())
                .contains("token 1  phone  classify,speak  until 20")
                .doesNotContain("snug_");
        run("revoke", "lan", "1").ended(ExitCode.OK);
        assertThat(run("list").out()).isEqualTo("lan\n");
        assertThat(run("revoke", "lan", "1").ended(ExitCode.FAILED).complaint()).contains("1");
    }

    @Test
    void anotherPasswordIsTaken() {
        typing(PASSWORD, "add", "lan", "--password-stdin").ended(ExitCode.OK);
        typing("battery staple", "password", "lan", "--password-stdin").ended(ExitCode.OK);
        typing("battery staple", "password", "minh", "--password-stdin").ended(ExitCode.FAILED);
    }

    @Test
    void whatIsNoPasswordOrNoNameIsWrongUsage() {
        assertThat(typing("short", "add", "lan", "--password-stdin").ended(ExitCode.USAGE))
                .extracting(Ran::complaint)
                .asString()
                .contains("10 to 200");
        typing(PASSWORD, "add", "Lan!", "--password-stdin").ended(ExitCode.USAGE);
        assertThat(run("token", "lan", "--scope", "all").ended(ExitCode.USAGE).err())
                .contains("all");
        run().ended(ExitCode.USAGE);
    }

    @Test
    void withoutATerminalThePasswordComesFromStandardInput() {
        assertThat(run("add", "lan").ended(ExitCode.USAGE).complaint())
                .contains("--password-stdin");
        assertThat(Files.exists(home.resolve("server"))).isFalse();
    }

    @Test
    void theHashOfAPasswordIsOneThatTheServerTakes() {
        Ran ran = typing(PASSWORD + "\r\n", "hash", "--password-stdin").ended(ExitCode.OK);
        assertThat(ran.out()).matches("\\$2a\\$12\\$[./A-Za-z0-9]{53}\n");
    }

    @Test
    void anotherDataFolderIsNamedByAnOption() {
        String other = home.resolve("other").toString();
        typing(PASSWORD, "add", "lan", "--password-stdin", "--data", other).ended(ExitCode.OK);
        assertThat(run("list").out()).isEmpty();
        assertThat(run("list", "--data", other).out()).isEqualTo("lan\n");
    }

    @Test
    void aDamagedFileIsNamedAndLeft() throws Exception {
        Path file = home.resolve("server/server.db");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "no database ".repeat(100));
        assertThat(run("list").ended(ExitCode.FAILED).complaint())
                .contains(file.toString(), "damaged");
        assertThat(Files.readString(file)).startsWith("no database");
    }

    private Ran run(String... arguments) {
        return Console.at(home).run(withAccount(arguments));
    }

    private Ran typing(String input, String... arguments) {
        return new Console(home, input).run(withAccount(arguments));
    }

    private static String[] withAccount(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of("account"));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }
}
