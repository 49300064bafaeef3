package dev.snug.server;

import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.server.account.Accounts;
import dev.snug.server.account.Passwords;
import dev.snug.server.answer.Answering;
import dev.snug.server.http.HttpFront;
import dev.snug.server.settings.Exposure;
import dev.snug.server.settings.ServerSettings;
import dev.snug.server.store.Database;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A server: pages, API and accounts in this process, models in workers or in another Snug.
 *
 * <p>{@link #start} builds the parts in the order in which they depend on each other; {@link
 * #drain} and {@link #close} end them in the opposite one.
 */
public final class Server implements AutoCloseable {
    private final RunFolder folder;
    private final Database database;
    private final Accounts accounts;
    private final Answering answering;
    private final LongWork jobs;
    private final HttpFront front;
    private final Thread looking;

    private Server(
            RunFolder folder,
            Database database,
            Accounts accounts,
            Answering answering,
            LongWork jobs,
            HttpFront front,
            Thread looking) {
        this.folder = folder;
        this.database = database;
        this.accounts = accounts;
        this.answering = answering;
        this.jobs = jobs;
        this.front = front;
        this.looking = looking;
    }

    /**
     * Where a server finds its models.
     *
     * @param home folder with models and voices
     * @param shipped folder of the models that ship with Snug
     */
    public record Folders(Path home, Optional<Path> shipped) {}

    /**
     * Starts a server; it answers when this returns.
     *
     * @param limit of front and workers together
     * @param log takes a line for each call, and what goes wrong
     * @throws dev.snug.server.settings.SettingsException when others would reach it and nobody
     *     could sign in
     * @throws dev.snug.server.store.StoreException when the data folder cannot be used
     * @throws IOException when the address is taken
     */
    public static Server start(
            ServerSettings settings, Folders folders, MemoryLimit limit, PrintStream log)
            throws IOException {
        Database database = Database.at(settings.data());
        InstantSource clock = InstantSource.system();
        Accounts accounts =
                new Accounts(database, new Passwords(), clock, settings.adminPasswordHash());
        RunFolder folder = null;
        Answering answering = null;
        LongWork jobs = null;
        try {
            Exposure.check(settings, !accounts.isEmpty());
            folder = RunFolder.open(settings.data(), ProcessHandle.current().pid());
            Parts parts =
                    new Parts(settings, folders, limit, log, database, accounts, folder, clock);
            answering = parts.answering;
            jobs = parts.jobs;
            HttpFront front = new Routes(parts, folder).open();
            Thread looking = parts.looking();
            jobs.start();
            return new Server(folder, database, accounts, answering, jobs, front, looking);
        } catch (IOException | RuntimeException e) {
            if (jobs != null) {
                jobs.close();
            }
            if (answering != null) {
                answering.close();
            }
            if (folder != null) {
                folder.close();
            }
            database.close();
            throw e;
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return front.address();
    }

    /** The path of the one-time link that makes the first account; null where there is one. */
    public @Nullable String firstLink() {
        return accounts.isEmpty() ? "/first?link=" + accounts.offerFirst() : null;
    }

    /** Refuses new calls, waits at most {@code time} for those that run, then ends everything. */
    public void drain(Duration time) {
        jobs.stop();
        front.drain(time);
        jobs.close();
        looking.interrupt();
        answering.close();
        database.close();
        folder.close();
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }
}
