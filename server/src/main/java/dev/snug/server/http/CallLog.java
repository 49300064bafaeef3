package dev.snug.server.http;

import dev.snug.server.metrics.Counter;
import dev.snug.server.metrics.Histogram;
import dev.snug.server.metrics.Metrics;

/** Counts calls and writes their lines. */
final class CallLog {
    private static final double[] SECONDS = {
        0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300
    };

    private final RequestLog log;
    private final Counter requests;
    private final Histogram durations;

    CallLog(Metrics metrics, RequestLog log) {
        this.log = log;
        requests =
                metrics.counter(
                        "snug_http_requests_total",
                        "Calls by route, method and the status with which they ended.",
                        "route",
                        "method",
                        "status");
        durations =
                metrics.histogram(
                        "snug_http_request_duration_seconds",
                        "Time from the head of a call to the end of its reply.",
                        SECONDS,
                        "route");
    }

    void ended(RequestLog.Line line, long nanos) {
        String method =
                switch (line.method()) {
                    case "GET", "HEAD", "POST", "DELETE" -> line.method();
                    default -> "other";
                };
        requests.add(1, line.route(), method, Integer.toString(line.status()));
        durations.observe(nanos / 1e9, line.route());
        log.write(line);
    }
}
