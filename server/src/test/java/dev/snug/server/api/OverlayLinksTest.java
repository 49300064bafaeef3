package dev.snug.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The oracle is the folder. */
final class OverlayLinksTest {
    private static final long MINUTE = 60_000_000_000L;

    @TempDir private Path folder;
    private long now;

    private OverlayLinks.Place made(OverlayLinks links) throws IOException {
        OverlayLinks.Place place = links.place();
        Files.writeString(place.file(), "png");
        return place;
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void anOverlayIsGoneAfterFiveMinutes() throws IOException {
        OverlayLinks links = new OverlayLinks(folder, () -> now);
        OverlayLinks.Place place = made(links);
        assertThat(links.link(place)).endsWith(place.id());
        now += 6 * MINUTE;
        links.place();
        assertThat(place.file()).doesNotExist();
    }

    @Test
    void onlyTheLastOnesAreKept() throws IOException {
        OverlayLinks links = new OverlayLinks(folder, () -> now);
        for (int i = 0; i < 3 * OverlayLinks.FILES_MAX; i++) {
            made(links);
        }
        assertThat(files()).isEqualTo(OverlayLinks.FILES_MAX);
    }

    @Test
    void aPlaceWithoutAnOverlayHasNoLink() throws IOException {
        OverlayLinks links = new OverlayLinks(folder, () -> now);
        assertThat(links.link(links.place())).isNull();
        assertThat(links.link(null)).isNull();
        links.drop(made(links));
        assertThat(files()).isZero();
    }

    @Test
    void linksAreLongAndNeverTheSame() {
        OverlayLinks links = new OverlayLinks(folder, () -> now);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(seen.add(Objects.requireNonNull(links.place()).id())).isTrue();
        }
        assertThat(seen).allSatisfy(id -> assertThat(id).hasSize(24).matches("[A-Za-z0-9_-]+"));
    }
}
