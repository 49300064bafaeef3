package dev.snug.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables, and how a file of an earlier version becomes one of this. Times are milliseconds
 * since 1970; secrets are kept as SHA-256 alone.
 */
final class Schema {
    /** "Snug" in ASCII: what tells our file from any other SQLite database. */
    static final int APPLICATION_ID = 0x536e7567;

    /** Each brings the file from the version that is its index to the next one. */
    private static final String[][] STEPS = {
        {
            "create table account(name text primary key, password text not null,"
                    + " created integer not null) strict, without rowid",
            // No reference to account: the one that the environment names stands in no table.
            "create table session(id integer primary key, account text not null,"
                    + " stamp text not null, csrf text not null, created integer not null,"
                    + " used integer not null) strict",
            "create index session_account on session(account)",
            "create table session_token(hash blob primary key, session integer not null references"
                    + " session(id) on delete cascade, issued integer not null,"
                    + " confirmed integer, ends integer) strict, without rowid",
            "create index session_token_session on session_token(session)",
            "create table api_token(id integer primary key autoincrement, account text not null,"
                    + " name text not null, hash blob not null unique, scopes text not null,"
                    + " created integer not null, expires integer, used integer) strict",
            "create index api_token_account on api_token(account)",
            "create table answer(key blob primary key, bytes integer not null,"
                    + " created integer not null, used integer not null, json blob not null,"
                    + " png blob) strict",
            // All that is needed to see what must go, without a page of the answers themselves.
            "create index answer_used on answer(used, bytes)",
        },
        {
            // The question last: what is listed is read without its pages.
            "create table job(number integer primary key autoincrement, id text not null unique,"
                    + " account text not null, line text not null, state text not null,"
                    + " created integer not null, started integer, ended integer,"
                    + " items integer not null, done integer not null, total integer not null,"
                    + " failed integer not null, work integer not null, code text, message text,"
                    + " key text, sha256 text, sound_bytes integer, sound_type text,"
                    + " sound_name text, question blob not null) strict",
            "create unique index job_key on job(account, key) where key is not null",
            "create index job_account on job(account)",
            "create index job_open on job(created) where ended is null",
            "create index job_ended on job(ended) where ended is not null",
            "create table job_item(number integer primary key autoincrement,"
                    + " job integer not null references job(number) on delete cascade,"
                    + " item integer not null, line text not null, state integer not null,"
                    + " deliveries integer not null, turn integer not null, code text,"
                    + " message text, json blob) strict",
            "create unique index job_item_place on job_item(job, item)",
            "create index job_item_waiting on job_item(line, number) where state = 0",
            "create index job_item_out on job_item(number) where state = 1",
            "create table dead_letter(number integer primary key autoincrement, job text not null,"
                    + " item integer not null, line text not null, time integer not null) strict",
        },
    };

    /** The version that this Snug writes. */
    static final int VERSION = STEPS.length;

    private Schema() {}

    /**
     * Brings the file to {@link #VERSION}, whole or not at all.
     *
     * @throws StoreException when a later version or another program wrote it
     */
    static void migrate(Connection connection, String where) throws SQLException {
        migrate(connection, where, STEPS);
    }

    static void migrate(Connection connection, String where, String[][] steps) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (version(statement) == steps.length && application(statement) == APPLICATION_ID) {
                return;
            }
            // Two processes may find the file new: the second waits here and finds it done.
            statement.execute("begin immediate");
            try {
                int version = checkedVersion(statement, where, steps.length);
                for (int step = version; step < steps.length; step++) {
                    for (String sql : steps[step]) {
                        statement.execute(sql);
                    }
                }
                statement.execute("pragma application_id=" + APPLICATION_ID);
                statement.execute("pragma user_version=" + steps.length);
                statement.execute("commit");
            } catch (SQLException | RuntimeException e) {
                statement.execute("rollback");
                throw e;
            }
        }
    }

    private static int checkedVersion(Statement statement, String where, int known)
            throws SQLException {
        int version = version(statement);
        int application = application(statement);
        boolean isNew = version == 0 && application == 0 && whole(statement, OBJECTS) == 0;
        if (!isNew && application != APPLICATION_ID) {
            throw new StoreException(
                    StoreException.Kind.DAMAGED,
                    where + " is a database of another program; name another data folder");
        }
        if (version > known) {
            throw new StoreException(
                    StoreException.Kind.NEWER,
                    where
                            + " has version "
                            + version
                            + ", and this Snug knows up to "
                            + known
                            + ": run the later Snug that wrote it, or name another data folder");
        }
        return version;
    }

    private static final String OBJECTS = "select count(*) from sqlite_schema";

    private static int version(Statement statement) throws SQLException {
        return whole(statement, "pragma user_version");
    }

    private static int application(Statement statement) throws SQLException {
        return whole(statement, "pragma application_id");
    }

    private static int whole(Statement statement, String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
