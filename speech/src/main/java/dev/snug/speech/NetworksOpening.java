package dev.snug.speech;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.aligned.AlignedNetworks;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.f5.F5Networks;
import dev.snug.speech.network.Networks;
import dev.snug.speech.vietvoice.ArchiveNetworks;

/** How a bundle's graphs become networks. */
@FunctionalInterface
public interface NetworksOpening {
    /** The networks of {@code bundle}, whose settings were read already. */
    Networks open(Bundle bundle, SpeechSettings settings, SessionSettings session);

    /** The networks of a model by its family. */
    static Networks byFamily(Bundle bundle, SpeechSettings settings, SessionSettings session) {
        return switch (settings.family()) {
            case F5 -> new F5Networks(bundle, settings, session);
            case ALIGNED -> new AlignedNetworks(bundle, settings, session);
            case VIETVOICE -> ArchiveNetworks.of(bundle, settings, session);
        };
    }
}
