package dev.snug.speech.vietvoice;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.NetworkRuns;
import dev.snug.speech.network.Networks;
import dev.snug.speech.text.Chunk;

/**
 * The networks of an imported VietVoice archive: its graphs taken apart, with any guidance and any
 * of the archive's times, or as they are, with the archive's own steps and guidance only.
 */
public final class ArchiveNetworks {
    private ArchiveNetworks() {}

    /**
     * The networks of {@code bundle}; no graph is loaded yet.
     *
     * @param settings those of the bundle's manifest, of family VIETVOICE
     * @param session how each graph is loaded
     * @throws dev.snug.runtime.json.JsonException when the settings' layout is not understood
     * @throws dev.snug.runtime.bundle.BundleException when a graph is missing
     */
    public static Networks of(Bundle bundle, SpeechSettings settings, SessionSettings session) {
        ArchiveLayout layout = layout(bundle, settings);
        return switch (layout.mode()) {
            case CUT -> new CutNetworks(bundle, layout, session);
            case WHOLE -> new WholeNetworks(bundle, layout, session);
        };
    }

    /** What these networks run; errors as of {@link #of}. */
    public static NetworkRuns runs(Bundle bundle, SpeechSettings settings) {
        ArchiveLayout layout = layout(bundle, settings);
        return switch (layout.mode()) {
            case CUT -> new CutRuns(bundle, layout);
            case WHOLE -> new WholeRuns(bundle);
        };
    }

    private static ArchiveLayout layout(Bundle bundle, SpeechSettings settings) {
        return ArchiveLayout.parse(
                settings.layout(), "the layout of model " + bundle.manifest().name());
    }

    /** Checks what a chunk is made of before memory is spent on it; returns reference frames. */
    static int requireChunk(float[] referenceMel, int[] ids, int frames) {
        int reference = referenceMel.length / Networks.BANDS;
        int most = Chunk.FRAMES_MAX;
        if (frames < 1 || frames > most || reference > frames) {
            throw new IllegalArgumentException(
                    "%d frames with a reference of %d are out of range 1 to %d"
                            .formatted(frames, reference, most));
        }
        if (ids.length < 1 || ids.length >= frames) {
            throw new IllegalArgumentException(
                    "%d tokens do not fit %d frames; there must be fewer"
                            .formatted(ids.length, frames));
        }
        return reference;
    }

    /** Checks that {@code noise} is for {@code conditions}. */
    static void requireNoise(Conditions conditions, float[] noise) {
        if (noise.length != conditions.frames() * Networks.BANDS) {
            throw new IllegalArgumentException(
                    "noise of %d values; %d frames of %d bands are needed"
                            .formatted(noise.length, conditions.frames(), Networks.BANDS));
        }
    }
}
