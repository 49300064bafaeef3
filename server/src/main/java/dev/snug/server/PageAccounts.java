package dev.snug.server;

import dev.snug.server.account.AccountException;
import dev.snug.server.account.Accounts;
import dev.snug.server.account.ApiToken;
import dev.snug.server.account.ApiTokens;
import dev.snug.server.account.SignIn;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply.Header;
import dev.snug.server.http.Scope;
import dev.snug.server.page.SignIns;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Accounts as pages want them. */
final class PageAccounts implements SignIns {
    private static final String SET_COOKIE = "Set-Cookie";

    private final SignIn signIn;
    private final Accounts accounts;
    private final ApiTokens tokens;

    PageAccounts(SignIn signIn, Accounts accounts, ApiTokens tokens) {
        this.signIn = signIn;
        this.accounts = accounts;
        this.tokens = tokens;
    }

    @Override
    public List<Header> signIn(Call call, String account, String password) {
        return List.of(new Header(SET_COOKIE, signIn.with(call, account, password).setCookie()));
    }

    @Override
    public List<Header> signOut(Call call) {
        return List.of(new Header(SET_COOKIE, signIn.out(call)));
    }

    @Override
    public boolean isFirstLink(String link) {
        return accounts.isFirst(link);
    }

    @Override
    public List<Header> createFirst(Call call, String link, String account, String password) {
        accounts.first(link, account, password);
        return signIn(call, account, password);
    }

    @Override
    public List<Token> tokens(String account) {
        List<Token> shown = new ArrayList<>();
        for (ApiToken token : tokens.list(account)) {
            shown.add(
                    new Token(
                            Long.toString(token.id()),
                            token.name(),
                            token.scopes(),
                            Instant.ofEpochMilli(token.created()),
                            time(token.expires()),
                            time(token.used())));
        }
        return shown;
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    public String createToken(String account, String name, Set<Scope> scopes) {
        try {
            return tokens.make(account, name, scopes, ApiTokens.DAYS).token();
        } catch (AccountException e) {
            throw HttpException.of(400, "bad_token", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void revokeToken(String account, String id) {
        try {
            tokens.revoke(account, Long.parseLong(id));
        } catch (NumberFormatException e) {
            throw HttpException.of(404, "no_token", "there is no such token");
        } catch (AccountException e) {
            throw HttpException.of(404, "no_token", String.valueOf(e.getMessage()));
        }
    }
}
