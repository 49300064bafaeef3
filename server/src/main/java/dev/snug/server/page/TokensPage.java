package dev.snug.server.page;

import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Scope;
import dev.snug.server.page.Frame.Place;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The page of API tokens: a secret is shown once, when its token is made. */
final class TokensPage {
    private final SignIns signIns;
    private final Frame frame;

    TokensPage(SignIns signIns, Frame frame) {
        this.signIns = signIns;
        this.frame = frame;
    }

    /** Answers {@code GET /tokens}. */
    Reply show(Call call) {
        return page(call, 200, "", "");
    }

    /** Answers {@code POST /tokens}. */
    Reply create(Call call) throws IOException {
        Map<String, String> fields = call.form();
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (Scope scope : Scope.values()) {
            if (fields.containsKey("scope_" + scope.word())) {
                scopes.add(scope);
            }
        }
        try {
            String name = Forms.text(fields, "name");
            if (name == null || scopes.isEmpty()) {
                throw HttpException.of(
                        400, "token_needs", "a token needs a name and at least one scope");
            }
            return page(call, 200, signIns.createToken(account(call), name, scopes), "");
        } catch (HttpException e) {
            String words = Refusals.words(Messages.of(Language.of(call)), e);
            return page(call, e.status(), "", words);
        }
    }

    /** Answers {@code POST /tokens/{id}/revoke}. */
    Reply revoke(Call call) {
        signIns.revokeToken(account(call), call.segment("id"));
        return Reply.seeOther("/tokens");
    }

    private Reply page(Call call, int status, String secret, String error) {
        Messages messages = Messages.of(Language.of(call));
        List<Map<String, Object>> tokens = new ArrayList<>();
        for (SignIns.Token token : signIns.tokens(account(call))) {
            List<String> scopes = new ArrayList<>();
            for (Scope scope : Scope.values()) {
                if (token.scopes().contains(scope)) {
                    scopes.add(messages.text("scope_" + scope.word()));
                }
            }
            Instant used = token.lastUsed();
            Instant expires = token.expires();
            tokens.add(
                    Map.of(
                            "id",
                            token.id(),
                            "name",
                            token.name(),
                            "scopes",
                            scopes,
                            "created",
                            day(token.created()),
                            "until",
                            expires == null ? "" : day(expires),
                            "used",
                            used == null ? messages.text("tokens_never") : day(used)));
        }
        List<Map<String, Object>> choices = new ArrayList<>();
        for (Scope scope : Scope.values()) {
            choices.add(
                    Map.of(
                            "word", scope.word(),
                            "label", messages.text("scope_" + scope.word()),
                            "is_usual", scope == Scope.CLASSIFY || scope == Scope.SPEAK));
        }
        Map<String, Object> values = new HashMap<>();
        values.put("tokens", tokens);
        values.put("has_tokens", !tokens.isEmpty());
        values.put("choices", choices);
        values.put("secret", secret);
        values.put("error", error);
        return frame.page(call, status, Place.TOKENS, "tokens", values);
    }

    private static String account(Call call) {
        return Objects.requireNonNull(call.caller().account(), "the guard lets nobody else in");
    }

    private static String day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
