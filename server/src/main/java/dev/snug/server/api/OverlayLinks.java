package dev.snug.server.api;

import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Overlays behind links that nobody can guess, for {@value #MINUTES} minutes, and of all only the
 * last {@value #FILES_MAX}: they show the picture, so they are kept for nobody who did not ask.
 */
public final class OverlayLinks {
    /** Minutes until a link ends. */
    static final int MINUTES = 5;

    /** Links at once; an overlay is some MiB. */
    static final int FILES_MAX = 32;

    private static final String PATH = "/v1/overlays/";
    private static final long LIFE_NANOS = MINUTES * 60_000_000_000L;
    private static final int ID_BYTES = 18;

    private final Path folder;
    private final LongSupplier clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> made = new LinkedHashMap<>();

    /**
     * Links to files in {@code folder}, which is theirs alone.
     *
     * @param clock nanoseconds that never go back
     */
    public OverlayLinks(Path folder, LongSupplier clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** Where an overlay is to be written. */
    public record Place(String id, Path file) {}

    /** A place for a new overlay; the oldest makes room for it. */
    public Place place() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        List<String> leaving = new ArrayList<>();
        lock.lock();
        try {
            expire(leaving);
            made.put(id, clock.getAsLong());
        } finally {
            lock.unlock();
        }
        leaving.forEach(this::delete);
        return new Place(id, file(id));
    }

    private void expire(List<String> leaving) {
        Iterator<Map.Entry<String, Long>> oldest = made.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<String, Long> entry = oldest.next();
            boolean isOld = clock.getAsLong() - entry.getValue() > LIFE_NANOS;
            if (!isOld && made.size() < FILES_MAX) {
                return;
            }
            leaving.add(entry.getKey());
            oldest.remove();
        }
    }

    /** Forgets a place that was not needed. */
    public void drop(@Nullable Place place) {
        if (place == null) {
            return;
        }
        lock.lock();
        try {
            made.remove(place.id());
        } finally {
            lock.unlock();
        }
        delete(place.id());
    }

    /** The path to the overlay in {@code place}; null where none was written. */
    public @Nullable String link(@Nullable Place place) {
        if (place == null) {
            return null;
        }
        if (Files.exists(place.file())) {
            return PATH + place.id();
        }
        drop(place);
        return null;
    }

    /** Answers a call to a link. */
    public Reply get(Call call) {
        String id = call.segment("id");
        List<String> leaving = new ArrayList<>();
        boolean isThere;
        lock.lock();
        try {
            expireOld(leaving);
            isThere = made.containsKey(id);
        } finally {
            lock.unlock();
        }
        leaving.forEach(this::delete);
        if (!isThere) {
            throw HttpException.of(
                    404, "overlay_gone", "there is no such overlay, or not any more; ask again");
        }
        Path file = file(id);
        return Reply.stream("image/png", out -> Files.copy(file, out));
    }

    private void expireOld(List<String> leaving) {
        made.entrySet()
                .removeIf(
                        entry -> {
                            boolean isOld = clock.getAsLong() - entry.getValue() > LIFE_NANOS;
                            if (isOld) {
                                leaving.add(entry.getKey());
                            }
                            return isOld;
                        });
    }

    private Path file(String id) {
        return folder.resolve(id + ".png");
    }

    private void delete(String id) {
        try {
            Files.deleteIfExists(file(id));
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("an overlay cannot be deleted", e);
        }
    }
}
