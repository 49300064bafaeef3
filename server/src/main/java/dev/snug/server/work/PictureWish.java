package dev.snug.server.work;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.Placement;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.server.settings.HeatMaps;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.picture.PictureNeed;
import dev.snug.vision.plan.ClassifyWish;
import dev.snug.vision.plan.EngineWish;

import java.util.Optional;
import java.util.OptionalInt;

/** What a server wants of a classifier, before a picture is there. */
final class PictureWish {
    /**
     * Pictures of this size are planned for: pages scale larger ones down to 2048 pixels a side
     * before they send them. Others are taken where the heap has room for them.
     */
    static final long PIXELS = 2048L * 1536;

    /**
     * As for a single one: minutes may pass until the next, so what a run frees goes back to the
     * system. An arena would answer an eighth faster and hold 17 MiB meanwhile.
     */
    private static final int PICTURES = 1;

    private PictureWish() {}

    static ClassifyWish of(Bundle bundle, HeatMaps heatMaps, Placement placement) {
        boolean hasMaps = !bundle.manifest().graphs(ClassifierImport.EXPLAIN).isEmpty();
        Optional<Boolean> wanted =
                switch (heatMaps) {
                    case ON -> Optional.of(true);
                    case OFF -> Optional.of(false);
                    case AUTO -> hasMaps ? Optional.empty() : Optional.of(false);
                };
        return new ClassifyWish(
                OptionalInt.empty(),
                wanted,
                OptionalInt.empty(),
                Runtime.getRuntime().availableProcessors(),
                Optional.of(PictureNeed.photo(PIXELS)),
                PICTURES,
                new EngineWish(Optional.empty(), SessionSettings.MAPPED.withPlacement(placement)));
    }
}
