package dev.snug.server.page;

import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply.Header;
import dev.snug.server.http.Scope;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One account with one password, one link, and tokens in memory. */
final class FakeSignIns implements SignIns {
    static final String COOKIE = "session=known; Path=/; HttpOnly; SameSite=Lax";

    private final List<Token> tokens = new ArrayList<>();
    private boolean isLinkSpent;

    @Override
    public List<Header> signIn(Call call, String account, String password) {
        if (!account.equals("an") || !password.equals("right password")) {
            throw HttpException.of(401, "bad_credentials", "name or password is wrong");
        }
        return List.of(new Header("Set-Cookie", COOKIE));
    }

    @Override
    public List<Header> signOut(Call call) {
        return List.of(new Header("Set-Cookie", "session=; Path=/; Max-Age=0"));
    }

    @Override
    public boolean isFirstLink(String link) {
        return link.equals("first-link") && !isLinkSpent;
    }

    @Override
    public List<Header> createFirst(Call call, String link, String account, String password) {
        if (!isFirstLink(link)) {
            throw HttpException.of(404, "bad_link", "this link is not good");
        }
        if (password.length() < 10) {
            throw HttpException.of(400, "bad_account", "too short");
        }
        isLinkSpent = true;
        return List.of(new Header("Set-Cookie", COOKIE));
    }

    @Override
    public synchronized List<Token> tokens(String account) {
        return List.copyOf(tokens);
    }

    @Override
    public synchronized String createToken(String account, String name, Set<Scope> scopes) {
        String id = "t" + tokens.size();
        tokens.addFirst(
                new Token(
                        id,
                        name,
                        scopes,
                        Instant.parse("2026-01-02T03:04:05Z"),
                        Instant.parse("2027-01-02T03:04:05Z"),
                        null));
        return "snug_secret_of_" + id;
    }

    @Override
    public synchronized void revokeToken(String account, String id) {
        tokens.removeIf(token -> token.id().equals(id));
    }
}
