package dev.snug.server.settings;

import java.util.EnumMap;
import java.util.Map;

/**
 * Settings, and where each of them comes from.
 *
 * @param settings as the server keeps them
 * @param given text and place of every setting that has a value
 */
public record EffectiveSettings(ServerSettings settings, Map<SettingKey, Given> given) {
    /** Where a value may come from; an earlier one wins. */
    public enum Source {
        FLAG,
        VARIABLE,
        FILE,
        DEFAULT
    }

    /**
     * A value as it was given.
     *
     * @param text of the value; for secrets too
     * @param source where it comes from
     * @param place the same for people, such as {@code variable SNUG_PORT}
     */
    public record Given(String text, Source source, String place) {
        /** Without the text, which may be a secret. */
        @Override
        public String toString() {
            return place;
        }
    }

    public EffectiveSettings {
        given = java.util.Collections.unmodifiableMap(new EnumMap<>(given));
    }

    /**
     * All of them as a file of settings (YAML) that can be read again, with where each comes from
     * as a comment. A secret is {@code ***}, so that a file with one is refused until it is filled
     * in.
     */
    public String printed() {
        StringBuilder text = new StringBuilder(2048);
        for (SettingKey key : SettingKey.values()) {
            text.append("# ").append(key.help()).append('\n');
            Given value = given.get(key);
            if (value == null) {
                text.append("# ").append(key.key()).append(" is not set\n");
            } else {
                String shown = key.isSecret() ? "***" : value.text();
                text.append(key.key()).append(": ");
                text.append(quoted(shown)).append(" # ").append(onOneLine(value.place()));
                text.append('\n');
            }
        }
        return text.toString();
    }

    /** As YAML takes it whatever it holds: values never have control characters. */
    private static String quoted(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPlain = SettingForm.Host.isLetterOrDigit(c) || c == '/';
            if (!isPlain && (i == 0 || "-._".indexOf(c) < 0)) {
                return "'" + text.replace("'", "''") + "'";
            }
        }
        return text;
    }

    private static String onOneLine(String place) {
        StringBuilder text = new StringBuilder(place.length());
        for (int i = 0; i < place.length(); i++) {
            char c = place.charAt(i);
            text.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.toString();
    }
}
