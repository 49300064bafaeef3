package dev.snug.server.page;

import dev.snug.runtime.json.Json;
import dev.snug.server.http.Call;
import dev.snug.server.http.Caller;
import dev.snug.server.http.Reply;

import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What every page shows around its own part: language, navigation, and who is signed in. */
final class Frame {
    /** Where a page is put in the navigation. */
    enum Place {
        SKIN("/", "skin", "skin_"),
        SPEAK("/speak", "speak", "speak_"),
        JOBS("/jobs", "jobs", "jobs_"),
        MODELS("/models", "models", null),
        MEMORY("/memory", "memory", "memory_"),
        TOKENS("/tokens", "tokens", null),
        NOWHERE("/", "", null);

        private final String path;
        private final String key;
        private final @Nullable String scriptWords;

        Place(String path, String key, @Nullable String scriptWords) {
            this.path = path;
            this.key = key;
            this.scriptWords = scriptWords;
        }
    }

    private static final int LANGUAGE_SECONDS = 365 * 24 * 60 * 60;

    private final Templates templates = new Templates();
    private final Assets assets;

    Frame(Assets assets) {
        this.assets = assets;
    }

    /**
     * A page.
     *
     * @param place where it stands; its scripts' texts go with it
     * @param template whose title is the message {@code TEMPLATE_title}
     * @param values that the template shows, beside those that all pages have
     */
    Reply page(Call call, int status, Place place, String template, Map<String, Object> values) {
        return page(call, status, place, place.path, template, values);
    }

    /**
     * The same for a page that is somewhere else.
     *
     * @param here path and query to come back to, in another language say
     */
    Reply page(
            Call call,
            int status,
            Place place,
            String here,
            String template,
            Map<String, Object> values) {
        Reply reply = Reply.html(status, text(call, place, here, template, values));
        return withLanguage(call, reply);
    }

    /** The text of a page, for one that is sent in pieces. */
    String text(Call call, Place place, String here, String template, Map<String, Object> values) {
        Messages messages = Messages.of(Language.of(call));
        Map<String, Object> all = new HashMap<>(values);
        all.put("m", messages.all());
        all.put("lang", messages.language().tag());
        all.put("asset", assets.paths());
        all.computeIfAbsent("title", key -> messages.text(template + "_title"));
        all.put("nav", navigation(call.caller(), place, messages));
        all.put("languages", languages(messages.language(), here));
        all.put("is_known", call.caller().isKnown());
        all.put("account", orEmpty(call.caller().account()));
        all.put("csrf", orEmpty(call.caller().csrfToken()));
        all.put("here", URLEncoder.encode(here, StandardCharsets.UTF_8));
        all.put("words", place.scriptWords == null ? "" : words(messages, place.scriptWords));
        return templates.render(template, all);
    }

    /** Keeps the language that was asked for. */
    Reply withLanguage(Call call, Reply reply) {
        return call.query("lang")
                .flatMap(Language::ofTag)
                .map(
                        language ->
                                reply.with(
                                        "Set-Cookie",
                                        Language.COOKIE
                                                + "="
                                                + language.tag()
                                                + "; Path=/; Max-Age="
                                                + LANGUAGE_SECONDS
                                                + "; SameSite=Lax; HttpOnly"
                                                + (call.isSecure() ? "; Secure" : "")))
                .orElse(reply);
    }

    private static List<Map<String, Object>> navigation(
            Caller caller, Place place, Messages messages) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (Place each : Place.values()) {
            boolean isForKnown = each == Place.MEMORY || each == Place.TOKENS;
            if (each != Place.NOWHERE && (caller.isKnown() || !isForKnown)) {
                items.add(
                        Map.of(
                                "href",
                                each.path,
                                "label",
                                messages.text("nav_" + each.key),
                                "is_here",
                                each == place));
            }
        }
        return items;
    }

    private static List<Map<String, Object>> languages(Language current, String here) {
        List<Map<String, Object>> items = new ArrayList<>();
        for (Language each : Language.values()) {
            items.add(
                    Map.of(
                            "tag",
                            each.tag(),
                            "name",
                            each.ownName(),
                            "href",
                            here + (here.contains("?") ? "&" : "?") + "lang=" + each.tag(),
                            "is_here",
                            each == current));
        }
        return items;
    }

    private static String words(Messages messages, String prefix) {
        Map<String, @Nullable Object> words =
                new HashMap<>(messages.startingWith("js_all_", "js_" + prefix, "error_"));
        return new String(Json.bytes(words), StandardCharsets.UTF_8);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
