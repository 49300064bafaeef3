package dev.snug.server.account;

import dev.snug.server.http.Call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/**
 * What protects a session against calls that another site's page makes its browser send (CSRF): a
 * random word of the session, which only pages of this server know, in every call that may change
 * something (OWASP's synchronizer token).
 *
 * <p>It stands in the header {@link #HEADER}, or in the field {@link #FIELD} of an urlencoded form,
 * or, for a form with a file, in the query parameter {@link #FIELD} of its action: the guard looks
 * before a byte of the file is read. No handler checks anything, so none can forget to. In an
 * address it is worth nothing without the session's cookie, which never leaves with another site's
 * call.
 */
public final class Csrf {
    /** Name of the header. */
    public static final String HEADER = "X-CSRF-Token";

    /** Name of the field, and of the query parameter. */
    public static final String FIELD = "csrf";

    private Csrf() {}

    /** Whether {@code call} cannot have been forged: it changes nothing, or carries the token. */
    static boolean isGenuine(Call call, String token) {
        if (changesNothing(call)) {
            return true;
        }
        Optional<String> said = call.header(HEADER);
        if (said.isEmpty() && isForm(call)) {
            said = field(call);
        }
        if (said.isEmpty()) {
            said = call.query(FIELD);
        }
        return said.isPresent() && Secret.areEqual(said.get(), token);
    }

    /** Whether its method is safe (RFC 9110, 9.2.1). */
    static boolean changesNothing(Call call) {
        return call.method().equals("GET") || call.method().equals("HEAD");
    }

    private static boolean isForm(Call call) {
        return call.header("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT))
                .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                .isPresent();
    }

    private static Optional<String> field(Call call) {
        try {
            return Optional.ofNullable(call.form().get(FIELD));
        } catch (IOException e) {
            throw new UncheckedIOException("the form ended early", e);
        }
    }
}
