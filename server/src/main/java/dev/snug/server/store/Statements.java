package dev.snug.server.store;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Statements within one transaction. Values are always bound, never written into the text: {@code
 * Long}, {@code Integer}, {@code String}, {@code byte[]} or null for each {@code ?}.
 */
public final class Statements {
    private final Connection connection;

    Statements(Connection connection) {
        this.connection = connection;
    }

    /** Runs a statement that answers nothing, and says how many rows it changed. */
    public int change(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** The first row, where there is one. */
    public <T> Optional<T> first(String sql, Row.Reader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(reader.read(new Row(rows))) : Optional.empty();
        }
    }

    /** All rows. The statement names its own limit: nothing here bounds them. */
    public <T> List<T> all(String sql, Row.Reader<T> reader, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            Row row = new Row(rows);
            while (rows.next()) {
                all.add(reader.read(row));
            }
            return all;
        }
    }

    /** The whole number that the first column of the first row holds; 0 without a row. */
    public long whole(String sql, @Nullable Object... values) throws SQLException {
        return first(sql, row -> row.whole(1), values).orElse(0L);
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                bind(statement, i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value)
            throws SQLException {
        // Not a switch over types: each makes a class at run time, in every process anew.
        if (value == null) {
            statement.setNull(index, java.sql.Types.NULL);
        } else if (value instanceof Long whole) {
            statement.setLong(index, whole);
        } else if (value instanceof Integer whole) {
            statement.setInt(index, whole);
        } else if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else {
            throw new IllegalArgumentException("not a value of the store: " + value.getClass());
        }
    }
}
