package dev.snug.server.store;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of an answer, while it is read; columns count from 1. */
public final class Row {
    private final ResultSet rows;

    Row(ResultSet rows) {
        this.rows = rows;
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    public interface Reader<T> {
        /** The value of {@code row}, which is not kept. */
        T read(Row row) throws SQLException;
    }

    /** A whole number; 0 for null. */
    public long whole(int column) throws SQLException {
        return rows.getLong(column);
    }

    /** A whole number or null. */
    public @Nullable Long wholeOrNull(int column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? null : value;
    }

    /** A text of a column that is never null. */
    public String text(int column) throws SQLException {
        return rows.getString(column);
    }

    /** A text or null. */
    public @Nullable String textOrNull(int column) throws SQLException {
        return rows.getString(column);
    }

    /** Bytes of a column that is never null. */
    public byte[] bytes(int column) throws SQLException {
        return rows.getBytes(column);
    }

    /** Bytes or null. */
    public byte @Nullable [] bytesOrNull(int column) throws SQLException {
        return rows.getBytes(column);
    }
}
