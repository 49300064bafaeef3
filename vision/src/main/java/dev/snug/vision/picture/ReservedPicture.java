package dev.snug.vision.picture;

import dev.snug.runtime.budget.Account;
import dev.snug.runtime.budget.Reservation;

import java.nio.file.Path;

/** A decoded picture whose part of the Java heap is reserved until it is closed. */
public final class ReservedPicture implements AutoCloseable {
    private final Picture picture;
    private final Reservation room;

    private ReservedPicture(Picture picture, Reservation room) {
        this.picture = picture;
        this.room = room;
    }

    /**
     * Looks at the header of {@code file}, reserves what the picture takes, then decodes it.
     *
     * @param pictures account of {@link dev.snug.runtime.budget.StandardAccount#PICTURES}
     * @param runBytes what answering takes beside the picture: {@link Resampler#bytes}
     * @throws dev.snug.runtime.budget.BudgetException when the account has no room for it now
     * @throws PictureTooLargeException when it is over a limit of {@code decoder}
     * @throws PictureException as {@link PictureDecoder#decode}
     */
    public static ReservedPicture decode(
            PictureDecoder decoder, Path file, Account pictures, long runBytes) {
        long bytes = decoder.need(file).heapBytes() + runBytes;
        Reservation room = pictures.reserve("picture " + file, bytes);
        try {
            return new ReservedPicture(decoder.decode(file), room);
        } catch (RuntimeException | Error e) {
            room.close();
            throw e;
        }
    }

    /** The picture, not to be used after {@link #close}. */
    public Picture picture() {
        return picture;
    }

    /** Gives the room back. */
    @Override
    public void close() {
        room.close();
    }
}
