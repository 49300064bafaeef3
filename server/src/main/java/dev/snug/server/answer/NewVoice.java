package dev.snug.server.answer;

import java.nio.file.Path;
import java.util.Map;

/**
 * A voice that is to be made of a recording.
 *
 * @param name that it gets
 * @param file the recording, of any format that is read
 * @param text what is said in it, word for word
 * @param traits to be said of it: gender, group, area, emotion
 * @param isForced whether it is kept in spite of warnings; errors refuse it in any case
 */
public record NewVoice(
        String name, Path file, String text, Map<String, String> traits, boolean isForced) {
    public NewVoice {
        traits = Map.copyOf(traits);
    }
}
