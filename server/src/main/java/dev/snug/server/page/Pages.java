package dev.snug.server.page;

import dev.snug.server.answer.Answering;
import dev.snug.server.api.OverlayLinks;
import dev.snug.server.api.Reports;
import dev.snug.server.http.Access;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;
import dev.snug.server.page.Frame.Place;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that people see in a browser. Pages hold no state; what they need is read at its first
 * use.
 */
public final class Pages {
    private final Frame frame;
    private final Assets assets = new Assets();
    private final SkinPage skin;
    private final SpeakPage speak;
    private final JobsPage jobs;
    private final ModelsPage models;
    private final SignInPages signInPages;
    private final TokensPage tokens;

    /**
     * Pages.
     *
     * @param answering answers forms, and knows the models
     * @param overlays where heat maps over their picture are kept for some minutes
     * @param reports made of pictures
     * @param signIns what pages let people do with accounts
     * @param settings what pages say of limits
     */
    public Pages(
            Answering answering,
            OverlayLinks overlays,
            Reports reports,
            SignIns signIns,
            PageSettings settings) {
        frame = new Frame(assets);
        skin = new SkinPage(answering, overlays, reports, settings, frame);
        speak = new SpeakPage(answering, settings, frame);
        jobs = new JobsPage(answering, settings, frame);
        models = new ModelsPage(answering, frame);
        signInPages = new SignInPages(signIns, frame);
        tokens = new TokensPage(signIns, frame);
    }

    /** The routes of all pages, and of what they load. */
    public List<Route> routes() {
        Access classify = Access.open(Scope.CLASSIFY);
        Access speaking = Access.open(Scope.SPEAK);
        Access admin = Access.signedIn(Scope.ADMIN);
        return List.of(
                Route.get("/", classify, skin::show),
                Route.post("/skin", classify, skin::answer),
                Route.post("/skin/report", classify, skin::report),
                Route.get("/speak", speaking, speak::show),
                Route.post("/speak", speaking, speak::answer),
                Route.get("/jobs", Access.open(Scope.JOBS), jobs::show),
                Route.get("/models", Access.open(Scope.STATUS), models::show),
                Route.get("/memory", Access.signedIn(Scope.STATUS), this::memory),
                Route.get("/tokens", admin, tokens::show),
                Route.post("/tokens", admin, tokens::create),
                Route.post("/tokens/{id}/revoke", admin, tokens::revoke),
                Route.get("/sign-in", Access.ANYBODY, signInPages::show),
                Route.post("/sign-in", Access.ANYBODY, signInPages::signIn),
                Route.post("/sign-out", Access.ANYBODY, signInPages::signOut),
                Route.get("/first", Access.ANYBODY, signInPages::showFirst),
                Route.post("/first", Access.ANYBODY, signInPages::createFirst),
                Route.get("/assets/{file}", Access.ANYBODY, assets::answer));
    }

    /**
     * An error as a page; empty where the client wants none, or asked for no page. Whoever must
     * sign in first is led there, and back afterwards.
     */
    public Optional<Reply> errorPage(Call call, HttpException e) {
        boolean isPage =
                call.header("Accept").orElse("").contains("text/html")
                        && !call.path().startsWith("/v1/")
                        && !call.path().startsWith("/assets/");
        if (!isPage) {
            return Optional.empty();
        }
        if (e.status() == 401) {
            String path = call.path().startsWith("/skin") ? "/" : Forms.localPath(call.path());
            String next = URLEncoder.encode(path, StandardCharsets.UTF_8);
            return Optional.of(Reply.seeOther("/sign-in?next=" + next));
        }
        Messages messages = Messages.of(Language.of(call));
        String title =
                messages.find("error_status_" + e.status())
                        .orElseGet(() -> messages.text("error_title"));
        Reply page =
                frame.page(
                        call,
                        e.status(),
                        Place.NOWHERE,
                        "/",
                        "error",
                        Map.of(
                                "title", title,
                                "status", e.status(),
                                "explanation", Refusals.words(messages, e)));
        return Optional.of(
                e.retryAfter() == null
                        ? page
                        : page.with("Retry-After", String.valueOf(e.retryAfter().toSeconds())));
    }

    private Reply memory(Call call) {
        return frame.page(call, 200, Place.MEMORY, "memory", Map.of());
    }
}
