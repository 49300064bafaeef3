package dev.snug.server.inference;

import dev.snug.server.http.Call;
import dev.snug.server.http.ErrorPages;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;

import java.util.Map;
import java.util.Optional;

/** Errors below {@code /v2}: their words under {@code error}, and nothing else. */
public final class InferenceErrors implements ErrorPages {
    private static final String ROOT = "/v2";

    private final ErrorPages others;

    /**
     * The errors of this protocol.
     *
     * @param others for every other path
     */
    public InferenceErrors(ErrorPages others) {
        this.others = others;
    }

    @Override
    public Optional<Reply> page(Call call, HttpException error) {
        String path = call.path();
        return path.equals(ROOT) || path.startsWith(ROOT + "/")
                ? Optional.of(Reply.json(error.status(), Map.of("error", error.words())))
                : others.page(call, error);
    }
}
