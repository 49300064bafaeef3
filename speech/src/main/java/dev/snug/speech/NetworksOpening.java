package dev.snug.speech;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.Networks;

/** How a bundle's graphs become networks. */
@FunctionalInterface
public interface NetworksOpening {
    /** The networks of {@code bundle}, whose settings were read already. */
    Networks open(Bundle bundle, SpeechSettings settings, SessionSettings session);

    /** The networks of a model by its family. */
    @SuppressWarnings("DoNotCallSuggester") // a reference to it is passed on, as to any opening
    static Networks byFamily(Bundle bundle, SpeechSettings settings, SessionSettings session) {
        throw new BundleException(
                "model %s: this build of Snug has no networks of the family %s"
                        .formatted(bundle.manifest().name(), settings.family()));
    }
}
