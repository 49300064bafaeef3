package dev.snug.server.page;

import dev.snug.server.account.AccountException;
import dev.snug.server.account.Accounts;
import dev.snug.server.account.ApiToken;
import dev.snug.server.account.ApiTokens;
import dev.snug.server.account.SignIn;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply.Header;
import dev.snug.server.http.Scope;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Signing in to the accounts of this server. */
public final class AccountSignIns implements SignIns {
    private final SignIn signIn;
    private final Accounts accounts;
    private final ApiTokens apiTokens;

    /** Signs in to {@code accounts}. */
    public AccountSignIns(SignIn signIn, Accounts accounts, ApiTokens apiTokens) {
        this.signIn = signIn;
        this.accounts = accounts;
        this.apiTokens = apiTokens;
    }

    @Override
    public List<Header> signIn(Call call, String account, String password) {
        return List.of(new Header("Set-Cookie", signIn.with(call, account, password).setCookie()));
    }

    @Override
    public List<Header> signOut(Call call) {
        return List.of(new Header("Set-Cookie", signIn.out(call)));
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
        List<Token> tokens = new ArrayList<>();
        for (ApiToken token : apiTokens.list(account)) {
            tokens.add(
                    new Token(
                            String.valueOf(token.id()),
                            token.name(),
                            token.scopes(),
                            Instant.ofEpochMilli(token.created()),
                            time(token.expires()),
                            time(token.used())));
        }
        return tokens;
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    public String createToken(String account, String name, Set<Scope> scopes) {
        try {
            return apiTokens.make(account, name, scopes, ApiTokens.DAYS).token();
        } catch (AccountException e) {
            throw HttpException.of(400, "bad_token_wish", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void revokeToken(String account, String id) {
        try {
            apiTokens.revoke(account, Long.parseLong(id));
        } catch (NumberFormatException e) {
            throw HttpException.of(404, "not_found", "there is no token " + id);
        } catch (AccountException e) {
            if (e.kind() != AccountException.Kind.MISSING) {
                throw HttpException.of(400, "bad_token_wish", String.valueOf(e.getMessage()));
            }
        }
    }
}
