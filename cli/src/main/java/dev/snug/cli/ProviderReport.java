package dev.snug.cli;

import dev.snug.runtime.device.Provider;
import dev.snug.runtime.device.ProviderWish;
import dev.snug.runtime.session.Placement;

import tools.jackson.core.JsonGenerator;

import java.io.PrintStream;

/** What a command says of what computed: nothing to people who asked for nothing. */
record ProviderReport(Placement placement) {
    /** One line, where another provider than the processor was asked for. */
    void tell(PrintStream err) {
        if (!placement.wish().equals(ProviderWish.CPU)) {
            err.println("snug: " + words());
        }
    }

    /** One line of what would compute, where auto found nothing but the processor. */
    void tellPlanned(PrintStream err) {
        placement.reason().ifPresent(reason -> err.println("snug: planned for cpu: " + reason));
    }

    /** What computed, and why; of what was never run on a device it says so. */
    String words() {
        String computed = "computed with " + placement.provider().word();
        return computed
                + placement
                        .reason()
                        .map(reason -> ": " + reason)
                        .orElse(
                                placement.provider() == Provider.CPU
                                        ? ""
                                        : "; its memory and speed were not measured here");
    }

    /** The same for programs: three properties. */
    void write(JsonGenerator json) {
        json.writeStringProperty("provider", placement.provider().word());
        json.writeStringProperty("provider_asked", placement.wish().word());
        json.writeName("provider_reason");
        json.writeString(placement.reason().orElse(null));
    }
}
