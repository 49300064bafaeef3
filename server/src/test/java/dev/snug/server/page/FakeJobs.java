package dev.snug.server.page;

import dev.snug.server.http.Access;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API of jobs without work: tests say how far each one is. */
final class FakeJobs {
    /** What came with an order, and what became of it. */
    static final class Order {
        final String id;
        final String kind;
        final String type;
        final String key;
        final String body;
        final String name;
        volatile String state = "queued";
        volatile int done;
        volatile int total;

        Order(String id, String kind, String type, String key, String body, String name) {
            this.id = id;
            this.kind = kind;
            this.type = type;
            this.key = key;
            this.body = body;
            this.name = name;
        }

        /** Says how far it is. */
        void is(String now, int steps, int all) {
            done = steps;
            total = all;
            state = now;
        }

        private Map<String, @Nullable Object> json() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("id", id);
            json.put("kind", kind);
            json.put("model", "snug-vi");
            json.put("state", state);
            json.put("created", "2026-11-22T08:30:00Z");
            json.put("progress", Map.of("done", done, "total", total, "failed", 0));
            json.put("eta_seconds", state.equals("running") ? 130.0 : null);
            json.put(
                    "error",
                    state.equals("failed")
                            ? Map.of("code", "gave_up", "message", "It ended the worker 3 times.")
                            : null);
            return json;
        }
    }

    /** In the order in which they came. */
    final List<Order> orders = java.util.Collections.synchronizedList(new ArrayList<>());

    List<Route> routes() {
        Access access = Access.open(Scope.JOBS);
        return List.of(
                Route.post("/v1/jobs", access, this::take),
                Route.get("/v1/jobs", access, this::list),
                Route.post("/v1/jobs/{id}/cancel", access, call -> ended(call, "cancelled")),
                Route.post("/v1/jobs/{id}/remove", access, this::remove),
                Route.get("/v1/jobs/{id}/result", access, this::result));
    }

    private Reply take(Call call) throws IOException {
        String type = call.header("Content-Type").orElse("");
        boolean isPictures = type.startsWith("multipart/");
        Order order =
                new Order(
                        "job" + orders.size(),
                        isPictures ? "pictures" : "speech",
                        type,
                        call.header("Idempotency-Key").orElse(""),
                        new String(call.body(8 << 20), StandardCharsets.ISO_8859_1),
                        call.query("name").orElse(""));
        orders.add(order);
        return Reply.json(202, order.json());
    }

    private Reply list(Call call) {
        List<Map<String, @Nullable Object>> jobs = new ArrayList<>();
        synchronized (orders) {
            orders.reversed().forEach(order -> jobs.add(order.json()));
        }
        return Reply.json(200, Map.of("jobs", jobs));
    }

    private Reply ended(Call call, String state) {
        Order order = order(call);
        order.is(state, order.done, order.total);
        return Reply.json(200, order.json());
    }

    private Reply remove(Call call) {
        orders.remove(order(call));
        return Reply.json(200, Map.of());
    }

    private Reply result(Call call) {
        List<Object> results = new ArrayList<>();
        Map<String, Object> best = Map.of("id", "nv", "name", "Mole", "probability", 0.734);
        results.add(Map.of("name", "arm.png", "answer", Map.of("classes", List.of(best))));
        Map<String, Object> error = Map.of("code", "bad_question", "message", "is no picture");
        results.add(Map.of("name", "leg.png", "error", error));
        return order(call).kind.equals("speech")
                ? Reply.bytes(200, "audio/mpeg", new byte[0])
                : Reply.json(200, Map.of("results", results));
    }

    private Order order(Call call) {
        Optional<Order> found;
        synchronized (orders) {
            String id = call.segment("id");
            found = orders.stream().filter(order -> order.id.equals(id)).findFirst();
        }
        return found.orElseThrow(() -> HttpException.of(404, "job_not_found", "no such job"));
    }
}
