package dev.snug.speech;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.aligned.AlignedNetworks;
import dev.snug.speech.aligned.AlignedRuns;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.f5.F5Networks;
import dev.snug.speech.f5.F5Runs;
import dev.snug.speech.network.NetworkRuns;
import dev.snug.speech.network.Networks;
import dev.snug.speech.vietvoice.ArchiveNetworks;

/** How a bundle's graphs become networks. */
public interface NetworksOpening {
    /** By the family that a model's settings name. */
    NetworksOpening BY_FAMILY =
            new NetworksOpening() {
                @Override
                public Networks open(
                        Bundle bundle, SpeechSettings settings, SessionSettings session) {
                    return switch (settings.family()) {
                        case F5 -> new F5Networks(bundle, settings, session);
                        case ALIGNED -> new AlignedNetworks(bundle, settings, session);
                        case VIETVOICE -> ArchiveNetworks.of(bundle, settings, session);
                    };
                }

                @Override
                public NetworkRuns runs(Bundle bundle, SpeechSettings settings) {
                    return switch (settings.family()) {
                        case F5 -> new F5Runs(settings);
                        case ALIGNED -> new AlignedRuns(settings);
                        case VIETVOICE -> ArchiveNetworks.runs(bundle, settings);
                    };
                }
            };

    /**
     * The networks of {@code bundle}, whose settings were read already; no graph is loaded yet.
     *
     * @throws dev.snug.runtime.json.JsonException when the settings are not those of the family
     */
    Networks open(Bundle bundle, SpeechSettings settings, SessionSettings session);

    /** What these networks load and run, told without running them. */
    NetworkRuns runs(Bundle bundle, SpeechSettings settings);
}
