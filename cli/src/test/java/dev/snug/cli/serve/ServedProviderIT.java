package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.serve.Client.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a server says of what computes, over HTTP. The oracle is docs/api.md; the plug-in that
 * cannot be loaded is a text.
 */
@Timeout(120)
final class ServedProviderIT {
    @TempDir private Path folder;

    /** Asked after a first answer: then the models were surveyed. */
    private static Map<?, ?> provider(Snug snug, String... options) throws Exception {
        snug.withClassifier().account("lan", "correct horse");
        String token = snug.token("lan", "status");
        try (Serving serving = snug.serve(options)) {
            Client client = serving.client();
            client.classify(Snug.PICTURE, "").status(200);
            client.get("/readyz").status(200);
            Answer memory = client.bearing(token).get("/v1/memory").status(200);
            return memory.json().tree("provider");
        }
    }

    @Test
    void aPlugInThatCannotBeLoadedIsTheReasonThatTheProcessorComputes() throws Exception {
        Path plugIn = Files.writeString(folder.resolve("libplugin.so"), "not a library\n");

        Map<?, ?> provider = provider(Snug.in(folder), "--provider-library", plugIn.toString());

        assertThat(provider.get("asked")).isEqualTo("auto");
        assertThat(provider.get("used")).isEqualTo("cpu");
        assertThat((String) provider.get("reason"))
                .contains("the plug-in " + plugIn + " cannot be loaded");
    }

    @Test
    void whoAsksForNothingHasTheProcessorWithoutAReason() throws Exception {
        Map<?, ?> provider = provider(Snug.in(folder));

        assertThat(provider.get("asked")).isEqualTo("cpu");
        assertThat(provider.get("used")).isEqualTo("cpu");
        assertThat(provider.get("reason")).isNull();
        assertThat(provider.keySet()).hasSize(3);
    }
}
