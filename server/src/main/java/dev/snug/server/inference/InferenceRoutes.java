package dev.snug.server.inference;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.LocalModels;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.http.Access;
import dev.snug.server.http.Call;
import dev.snug.server.http.Handler;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every path of the protocol below {@code /v2}: what there is, whether it answers, answers. */
public final class InferenceRoutes {
    /** What runs the models; their pictures and texts are prepared by Snug. */
    private static final String PLATFORM = "snug_onnxruntime";

    private static final List<String> EXTENSIONS =
            List.of("binary_tensor_data", "model_repository");

    /** A wish for an index, or to load: a few words. */
    private static final int WISH_BYTES_MAX = 4096;

    private final Shelf shelf;
    private final Inference inference;
    private final Handler ready;
    private final boolean hasHeatMaps;

    /**
     * The protocol over {@code answering}.
     *
     * @param local the same models where they are on this machine; null where another one has them
     * @param ready answers while the server is ready, and says why where it is not
     */
    public InferenceRoutes(
            Answering answering,
            @Nullable LocalModels local,
            Handler ready,
            InferenceSettings settings) {
        this.shelf = new Shelf(answering, local);
        this.inference = new Inference(answering, shelf, settings);
        this.ready = ready;
        this.hasHeatMaps = settings.hasHeatMaps();
    }

    /** All routes. */
    public List<Route> routes() {
        Access status = Access.open(Scope.STATUS);
        Access admin = Access.open(Scope.ADMIN);
        Access either = Access.openTo(Scope.CLASSIFY, Scope.SPEAK);
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get("/v2", status, this::server));
        routes.add(Route.get("/v2/", status, this::server));
        routes.add(Route.get("/v2/health/live", Access.ANYBODY, this::live));
        routes.add(Route.get("/v2/health/ready", Access.ANYBODY, this::ready));
        for (String path : List.of("/v2/models/{model}", "/v2/models/{model}/versions/{version}")) {
            boolean isVersioned = path.endsWith("{version}");
            routes.add(Route.get(path, status, call -> model(call, isVersioned)));
            routes.add(
                    Route.get(
                            path + "/ready",
                            Access.ANYBODY,
                            call -> modelReady(call, isVersioned)));
            routes.add(
                    Route.post(
                            path + "/infer",
                            either,
                            call -> inference.answer(call, asked(call, isVersioned))));
        }
        routes.add(Route.post("/v2/repository/index", status, this::index));
        routes.add(Route.post("/v2/repository/models/{model}/load", admin, this::load));
        routes.add(Route.post("/v2/repository/models/{model}/unload", admin, this::unload));
        return List.copyOf(routes);
    }

    private Reply server(Call call) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", "snug");
        json.put("version", version());
        json.put("extensions", EXTENSIONS);
        return Reply.json(200, json);
    }

    /** The version that Maven wrote beside this class. */
    private static String version() {
        try (InputStream in = InferenceRoutes.class.getResourceAsStream("version.txt")) {
            return in == null
                    ? "unknown"
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply live(Call call) {
        return Reply.json(200, Map.of("live", true));
    }

    private Reply ready(Call call) throws Exception {
        ready.handle(call);
        // "live" is how the specification's text has it, "ready" how servers have it.
        return Reply.json(200, Map.of("live", true, "ready", true));
    }

    private ModelCard asked(Call call, boolean isVersioned) {
        return shelf.find(call.segment("model"), isVersioned ? call.segment("version") : null);
    }

    private Reply model(Call call, boolean isVersioned) {
        ModelCard card = asked(call, isVersioned);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", card.name());
        String version = shelf.version(card.name());
        if (version != null) {
            json.put("versions", List.of(version));
        }
        json.put("platform", PLATFORM);
        Signature.of(card, hasHeatMaps).tell(json);
        return Reply.json(200, json);
    }

    private Reply modelReady(Call call, boolean isVersioned) {
        String name = asked(call, isVersioned).name();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("ready", shelf.isReady(name));
        if (!shelf.isReady(name)) {
            json.put("error", Shelf.notReady(name));
        }
        return Reply.json(shelf.isReady(name) ? 200 : 400, json);
    }

    private Reply index(Call call) throws IOException {
        Boolean isReadyAlone = wish(call, json -> json.has("ready") && json.flag("ready"));
        return Reply.bytes(200, "application/json", Json.bytes(shelf.index(isReadyAlone)));
    }

    private Reply load(Call call) throws IOException, InterruptedException {
        requireNoParameter(call);
        shelf.load(call.segment("model"));
        return Reply.json(200, Map.of());
    }

    private Reply unload(Call call) throws IOException, InterruptedException {
        requireNoParameter(call);
        shelf.unload(call.segment("model"));
        return Reply.json(200, Map.of());
    }

    /** A model is loaded as it is installed: no other configuration, no files in the request. */
    private static void requireNoParameter(Call call) throws IOException {
        Map<String, @Nullable Object> parameters =
                wish(call, json -> json.has("parameters") ? json.treeOrNull("parameters") : null);
        if (parameters != null) {
            for (String name : parameters.keySet()) {
                // No model here depends on another one, so both of its values are obeyed.
                if (!name.equals("unload_dependents")) {
                    throw Refused.bad(
                            "models are loaded as they are installed: parameter %s is not taken"
                                    .formatted(Json.quoted(name)));
                }
            }
        }
    }

    /** What a body wishes that may be empty. */
    private static <T extends @Nullable Object> T wish(
            Call call, java.util.function.Function<Fields, T> reader) throws IOException {
        byte[] body = call.body(WISH_BYTES_MAX);
        try {
            return Fields.read(
                    body.length == 0 ? Map.of() : Json.parseObject(body, "the body"),
                    "the body",
                    reader);
        } catch (JsonException e) {
            throw Refused.bad(String.valueOf(e.getMessage()));
        }
    }
}
