package dev.snug.server.page;

import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.page.Frame.Place;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The pages that begin and end sessions, and the one that makes the first account. */
final class SignInPages {
    private final SignIns signIns;
    private final Frame frame;

    SignInPages(SignIns signIns, Frame frame) {
        this.signIns = signIns;
        this.frame = frame;
    }

    /** Answers {@code GET /sign-in}. */
    Reply show(Call call) {
        String next = Forms.localPath(call.query("next").orElse("/"));
        return call.caller().isKnown() ? Reply.seeOther(next) : signInPage(call, 200, next, "", "");
    }

    /** Answers {@code POST /sign-in}. */
    Reply signIn(Call call) throws IOException {
        Map<String, String> fields = call.form();
        String next = Forms.localPath(fields.get("next"));
        String account = fields.getOrDefault("account", "").strip();
        try {
            return withHeaders(
                    Reply.seeOther(next),
                    signIns.signIn(call, account, fields.getOrDefault("password", "")));
        } catch (HttpException e) {
            String words = Refusals.words(Messages.of(Language.of(call)), e);
            return retry(signInPage(call, e.status(), next, account, words), e);
        }
    }

    /** Answers {@code POST /sign-out}. */
    Reply signOut(Call call) {
        return withHeaders(Reply.seeOther("/sign-in"), signIns.signOut(call));
    }

    /** Answers {@code GET /first?link=…}. */
    Reply showFirst(Call call) {
        String link = call.query("link").orElse("");
        if (!signIns.isFirstLink(link)) {
            throw HttpException.of(404, "bad_link", "this link is not or no longer good");
        }
        return firstPage(call, 200, link, "admin", "");
    }

    /** Answers {@code POST /first}. */
    Reply createFirst(Call call) throws IOException {
        Map<String, String> fields = call.form();
        String link = fields.getOrDefault("link", "");
        String account = fields.getOrDefault("account", "").strip();
        String password = fields.getOrDefault("password", "");
        try {
            if (!password.equals(fields.get("repeated"))) {
                throw HttpException.of(400, "passwords_differ", "the two passwords differ");
            }
            return withHeaders(
                    Reply.seeOther("/"), signIns.createFirst(call, link, account, password));
        } catch (HttpException e) {
            if (e.code().equals("bad_link")) {
                throw e;
            }
            String words = Refusals.words(Messages.of(Language.of(call)), e);
            return retry(firstPage(call, e.status(), link, account, words), e);
        }
    }

    private Reply signInPage(Call call, int status, String next, String account, String error) {
        return frame.page(
                call,
                status,
                Place.NOWHERE,
                "/sign-in?next=" + encoded(next),
                "sign_in",
                Map.of("next", next, "name", account, "error", error));
    }

    private Reply firstPage(Call call, int status, String link, String account, String error) {
        return frame.page(
                call,
                status,
                Place.NOWHERE,
                "/first?link=" + encoded(link),
                "first",
                Map.of("link", link, "name", account, "error", error));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Reply withHeaders(Reply reply, List<Reply.Header> headers) {
        Reply all = reply;
        for (Reply.Header header : headers) {
            all = all.with(header.name(), header.value());
        }
        return all;
    }

    private static Reply retry(Reply reply, HttpException e) {
        return e.retryAfter() == null
                ? reply
                : reply.with("Retry-After", String.valueOf(e.retryAfter().toSeconds()));
    }
}
