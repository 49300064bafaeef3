package dev.snug.speech.f5;

import dev.snug.runtime.json.Json;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which version a checkpoint is taken as, and why.
 *
 * @param reason one sentence for people
 */
record VersionChoice(F5Version version, String reason) {
    /** File, folder, and what the folder lies in: such as F5-TTS/F5TTS_v1_Base/model.safetensors */
    private static final int NAMES_READ = 4;

    private static final Pattern V1_WORD = Pattern.compile(".*(^|[^a-z0-9])v1([^a-z0-9].*|$)");

    private static final Pattern V0_WORD =
            Pattern.compile(".*((^|[^a-z0-9])v0([^a-z0-9].*|$)|f5-?tts[_-](base|small).*)");

    /**
     * The choice for {@code weights}: what is asked, else what its settings say, else the words of
     * its path, else V1.
     */
    static VersionChoice of(
            @Nullable F5Version asked, @Nullable ModelSettings settings, Path weights) {
        if (asked != null) {
            return choice(asked, "as asked");
        }
        if (settings != null && settings.version().isPresent()) {
            return choice(settings.version().get(), "as " + settings.file().name() + " says");
        }
        Path whole = weights.toAbsolutePath().normalize();
        for (int i = 1; i <= Math.min(NAMES_READ, whole.getNameCount()); i++) {
            String name = whole.getName(whole.getNameCount() - i).toString();
            String lower = name.toLowerCase(Locale.ROOT);
            if (V1_WORD.matcher(lower).matches()) {
                return choice(F5Version.V1, "for the name " + Json.quoted(name));
            }
            if (V0_WORD.matcher(lower).matches()) {
                return choice(F5Version.V0, "for the name " + Json.quoted(name));
            }
        }
        return choice(F5Version.V1, "as no model.yaml and no name says otherwise");
    }

    private static VersionChoice choice(F5Version version, String why) {
        F5Version other = version == F5Version.V1 ? F5Version.V0 : F5Version.V1;
        return new VersionChoice(
                version,
                "taken as F5-TTS %s, %s; if it speaks noise, import it with --f5-version %s"
                        .formatted(word(version), why, word(other)));
    }

    private static String word(F5Version version) {
        return version.name().toLowerCase(Locale.ROOT);
    }
}
