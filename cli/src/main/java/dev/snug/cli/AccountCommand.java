package dev.snug.cli;

import dev.snug.server.account.Account;
import dev.snug.server.account.Accounts;
import dev.snug.server.account.ApiToken;
import dev.snug.server.account.ApiTokens;
import dev.snug.server.account.Passwords;
import dev.snug.server.http.Scope;
import dev.snug.server.store.Database;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;

/** Makes and removes the accounts and tokens of a server, while it runs or not. */
@Command(
        name = "account",
        description = {
            "Make and remove the accounts and tokens that let people and programs in to"
                    + " `snug serve`.",
            "A server that runs sees the change at once."
        },
        footer = {
            "",
            "Examples:",
            "  snug account add lan",
            "  pass show snug | snug account add lan --password-stdin",
            "  snug account token lan --scope classify --scope speak --name phone",
            "  snug account list --json | jq -r .[].name",
            "  snug account hash      for SNUG_ADMIN_PASSWORD_HASH, on hosts that lose their disk"
        })
final class AccountCommand implements Runnable {
    @ParentCommand private Main main;

    @Spec private CommandSpec spec;

    /** Without a subcommand: shows what there is. */
    @Override
    public void run() {
        throw new UsageException(
                "say what to do: "
                        + spec.qualifiedName()
                        + " add, remove, password, list, token, revoke or hash");
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Add an account, which may do everything.")
    int add(
            @Parameters(paramLabel = "NAME", description = "Of a-z, 0-9, '.', '_' and '-'.")
                    String name,
            @Mixin PasswordOption password,
            @Mixin DataOption data)
            throws IOException {
        String read = password.read(main.surroundings());
        try (Database database = database(data)) {
            accounts(database).add(name, read);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Remove an account with its sessions and tokens.")
    int remove(
            @Parameters(paramLabel = "NAME", description = "The account.") String name,
            @Mixin DataOption data) {
        try (Database database = database(data)) {
            accounts(database).remove(name);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "password",
            mixinStandardHelpOptions = true,
            description = "Give an account another password, which ends its sessions.")
    int password(
            @Parameters(paramLabel = "NAME", description = "The account.") String name,
            @Mixin PasswordOption password,
            @Mixin DataOption data)
            throws IOException {
        String read = password.read(main.surroundings());
        try (Database database = database(data)) {
            accounts(database).changePassword(name, read);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the accounts with their tokens.")
    int list(
            @Option(names = "--json", description = "A JSON list, one object for each account.")
                    boolean json,
            @Mixin DataOption data) {
        try (Database database = database(data)) {
            Accounts accounts = accounts(database);
            ApiTokens tokens = tokens(database, accounts);
            List<Account> all = accounts.list();
            PrintStream out = main.surroundings().out();
            if (json) {
                JsonLines.value(out, list -> write(list, all, tokens));
            } else if (all.isEmpty()) {
                main.surroundings().err().println("snug: there is no account: snug account add");
            } else {
                all.forEach(account -> print(out, account, tokens));
            }
        }
        return ExitCode.OK;
    }

    @Command(
            name = "token",
            mixinStandardHelpOptions = true,
            description = {
                "Make a token for programs. It is shown once.",
                "Scopes: classify, speak, jobs, status (models, plans, memory, metrics), admin."
            })
    int token(
            @Parameters(paramLabel = "NAME", description = "The account.") String name,
            @Option(
                            names = "--scope",
                            required = true,
                            split = ",",
                            paramLabel = "SCOPE",
                            description = "What it may do; several times, or with commas.")
                    List<Scope> scopes,
            @Option(
                            names = "--name",
                            paramLabel = "TEXT",
                            defaultValue = "token",
                            description = "What it is for. Default: ${DEFAULT-VALUE}.")
                    String label,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "" + ApiTokens.DAYS,
                            description = "How long it lives. Default: ${DEFAULT-VALUE}.")
                    int days,
            @Mixin DataOption data) {
        try (Database database = database(data)) {
            ApiTokens.Made made =
                    tokens(database, accounts(database)).make(name, label, scopes, days);
            main.surroundings().out().println(made.token());
        }
        return ExitCode.OK;
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "End a token.")
    int revoke(
            @Parameters(index = "0", paramLabel = "NAME", description = "The account.") String name,
            @Parameters(
                            index = "1",
                            paramLabel = "ID",
                            description = "The token's number, as `list` shows it.")
                    long id,
            @Mixin DataOption data) {
        try (Database database = database(data)) {
            tokens(database, accounts(database)).revoke(name, id);
        }
        return ExitCode.OK;
    }

    @Command(
            name = "hash",
            mixinStandardHelpOptions = true,
            description =
                    "Print a password's bcrypt hash for SNUG_ADMIN_PASSWORD_HASH; nothing is kept.")
    int hash(@Mixin PasswordOption password) throws IOException {
        Surroundings surroundings = main.surroundings();
        surroundings.out().println(new Passwords().hash(password.read(surroundings)));
        return ExitCode.OK;
    }

    private Database database(DataOption data) {
        return Database.at(data.folder(main.surroundings()));
    }

    private Accounts accounts(Database database) {
        return new Accounts(
                database,
                new Passwords(),
                InstantSource.system(),
                main.surroundings().variable("SNUG_ADMIN_PASSWORD_HASH"));
    }

    private static ApiTokens tokens(Database database, Accounts accounts) {
        return new ApiTokens(database, accounts, InstantSource.system());
    }

    private static void print(PrintStream out, Account account, ApiTokens tokens) {
        out.println(account.name() + (account.isOfEnvironment() ? "  (environment)" : ""));
        for (ApiToken token : tokens.list(account.name())) {
            out.println(
                    "  token "
                            + token.id()
                            + "  "
                            + token.name()
                            + "  "
                            + words(token)
                            + "  until "
                            + day(token.expires()));
        }
    }

    private static String words(ApiToken token) {
        StringBuilder words = new StringBuilder();
        for (Scope scope : EnumSet.copyOf(token.scopes())) {
            words.append(words.isEmpty() ? "" : ",").append(scope.word());
        }
        return words.toString();
    }

    private static String day(@Nullable Long millis) {
        return millis == null ? "ever" : Instant.ofEpochMilli(millis).toString().substring(0, 10);
    }

    private static void write(JsonGenerator out, List<Account> all, ApiTokens tokens) {
        out.writeStartArray();
        for (Account account : all) {
            out.writeStartObject();
            out.writeStringProperty("name", account.name());
            out.writeName("created");
            number(out, account.isOfEnvironment() ? null : account.created());
            out.writeBooleanProperty("environment", account.isOfEnvironment());
            out.writeName("tokens");
            out.writeStartArray();
            for (ApiToken token : tokens.list(account.name())) {
                out.writeStartObject();
                out.writeNumberProperty("id", token.id());
                out.writeStringProperty("name", token.name());
                out.writeName("scopes");
                out.writeStartArray();
                for (Scope scope : EnumSet.copyOf(token.scopes())) {
                    out.writeString(scope.word());
                }
                out.writeEndArray();
                out.writeName("expires");
                number(out, token.expires());
                out.writeName("used");
                number(out, token.used());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** Whole seconds since 1970, as the API has it. */
    private static void number(JsonGenerator out, @Nullable Long millis) {
        if (millis == null) {
            out.writeNull();
        } else {
            out.writeNumber(millis / 1000);
        }
    }
}
