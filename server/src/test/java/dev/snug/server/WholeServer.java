package dev.snug.server;

import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.server.account.Accounts;
import dev.snug.server.account.Passwords;
import dev.snug.server.http.HttpFront;
import dev.snug.server.http.Route;
import dev.snug.server.settings.ServerSettings;
import dev.snug.server.settings.SettingKey;
import dev.snug.server.settings.SettingsReader;
import dev.snug.server.store.Database;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server of all its parts on a port of loopback, without models and without work on jobs. */
final class WholeServer implements AutoCloseable {
    static final String ACCOUNT = "lan";
    static final String PASSWORD = "correct horse battery";

    final Parts parts;
    final List<Route> api;
    final Asking asking;
    private final Database database;
    private final RunFolder folder;
    private final HttpFront front;

    WholeServer(Path data) throws IOException {
        ServerSettings settings =
                new SettingsReader(data)
                        .read(Optional.empty(), Map.of(), Map.of(SettingKey.PORT, "0"))
                        .settings();
        InstantSource clock = InstantSource.system();
        database = Database.at(settings.data());
        Accounts accounts = new Accounts(database, new Passwords(), clock, null);
        folder = RunFolder.open(settings.data(), ProcessHandle.current().pid());
        parts =
                new Parts(
                        settings,
                        new Server.Folders(data, Optional.empty()),
                        new MemoryLimit(1L << 30, MemoryLimit.Origin.ASKED, "a test says so"),
                        new PrintStream(OutputStream.nullOutputStream()),
                        database,
                        accounts,
                        folder,
                        clock);
        Routes routes = new Routes(parts, folder);
        api = routes.api();
        front = routes.open();
        asking = new Asking(front.address().getPort());
    }

    /** Makes the account; its password is slow to hash. */
    void signUp() {
        parts.accounts.add(ACCOUNT, PASSWORD);
    }

    @Override
    public void close() {
        front.close();
        asking.close();
        parts.jobs.close();
        parts.answering.close();
        database.close();
        folder.close();
    }
}
