package io.benchtop.service.http.page;

import io.benchtop.api.profile.Resources;
import io.benchtop.api.workspace.AppliedLimits;
import io.benchtop.api.workspace.Workspace;
import io.benchtop.api.workspace.WorkspaceOverrides;
import io.benchtop.api.workspace.WorkspaceState;
import io.benchtop.api.workspace.WorkspaceStateCode;
import io.benchtop.service.identity.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every page with content that looks like a real day, or with a text of the test's in every field that people fill. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-11-21T09:42:10Z");
    private static final long GIB = 1024L * 1024 * 1024;
    private static final WorkspaceOverrides NO_OVERRIDES = new WorkspaceOverrides(null, null, null, null);

    private final Frame frame;
    private final Person person;
    private final @Nullable String everywhere;

    private Samples(Person person, Theme theme, @Nullable String everywhere) {
        this.person = person;
        this.everywhere = everywhere;
        this.frame = new Frame(Section.WORKSPACES, person, "csrf-of-the-session", theme, new Assets(), null);
    }

    static Samples of(Role role, Theme theme) {
        return new Samples(new Person("alice", "Alice Liddell", role), theme, null);
    }

    /** The same pages, but every free text is this one. */
    static Samples hostile(String text) {
        return new Samples(new Person("alice", text, Role.ADMIN), Theme.SYSTEM, text);
    }

    Map<String, Page> pages() {
        Map<String, Page> pages = new LinkedHashMap<>();
        pages.put("login", login(null));
        pages.put("login-wrong", login("The name or the password is not right."));
        pages.put("login-both", login(null, true));
        pages.put("login-provider", login("Example single sign-on cannot be reached just now. Try again.", false));
        pages.put("signed-out", new SignedOutPage(anonymous(), text(PROVIDER), "https://id.example.org/end?a=b&c=d"));
        pages.put("link-first", link(true));
        pages.put("link-reset", link(false));
        pages.put("home", new HomePage(frame, list(workspaces(), false)));
        pages.put("home-empty", new HomePage(frame, list(List.of(), false)));
        pages.put("create", create());
        pages.put("spawn-stopped", spawn(WorkspaceStateCode.STOPPED));
        pages.put("spawn-starting", spawn(WorkspaceStateCode.STARTING));
        pages.put("spawn-failed", spawn(WorkspaceStateCode.FAILED));
        pages.put("workspace", workspace());
        pages.put(
                "delete", new DeletePage(frame, view(running()), "/home/alice/.benchtop/kept/alice/churn-7f3a", null));
        pages.put("log", new LogPage(frame, view(running()), text(LOG)));
        pages.put("account", account());
        pages.put("users", users());
        pages.putAll(SampleProfiles.pages(frame.in(Section.PROFILES), this::text));
        pages.putAll(SampleRuns.pages(frame.in(Section.EXPERIMENTS), this::text));
        pages.putAll(SampleDatasets.pages(frame.in(Section.DATASETS), this::text));
        pages.putAll(SampleRegistry.pages(frame.in(Section.MODELS), this::text));
        pages.putAll(SampleEndpoints.pages(frame.in(Section.ENDPOINTS), this::text));
        pages.put("everybody", everybody());
        pages.put("audit", audit());
        pages.put("status", status());
        pages.put("signout", new SignOutPage(frame));
        pages.put("not-found", new ErrorPage(frame.in(Section.NONE), 404, "Not found", text(NOT_FOUND), "not_found"));
        return pages;
    }

    private LoginPage login(@Nullable String problem) {
        return new LoginPage(
                anonymous(),
                Form.of(Map.of("name", problem == null ? "" : text("alice"), "next", text("/"))),
                problem,
                true,
                null);
    }

    private LoginPage login(@Nullable String problem, boolean passwords) {
        return new LoginPage(
                anonymous(), Form.of(Map.of("next", text("/user/a/b"))), problem, passwords, text(PROVIDER));
    }

    private LinkPage link(boolean first) {
        Form form = first
                ? new Form(
                        Map.of("name", text("Alice")),
                        Map.of("name", text("It must be 2 to 32 lower-case letters.")),
                        null)
                : Form.of(Map.of("name", text("bob")));
        return new LinkPage(
                anonymous(), "/login/link/f8Zk", first, form, HumaneTime.relative(NOW.plus(23, ChronoUnit.HOURS), NOW));
    }

    private CreatePage create() {
        Form form = Form.of(Map.of("displayName", text("Churn model")));
        return new CreatePage(frame, form, picker("large", form), "key");
    }

    private SpawnPage spawn(WorkspaceStateCode code) {
        Workspace workspace = workspace("exp", text("Experiments"), code, code == WorkspaceStateCode.STARTING ? 3 : 75);
        return new SpawnPage(frame, view(workspace), false, workspace.path() + "lab", text(LOG), false, false);
    }

    private WorkspacePage workspace() {
        return new WorkspacePage(
                frame,
                view(running()),
                Form.of(Map.of("displayName", text("Churn model"))),
                picker("small", Form.EMPTY),
                "");
    }

    private AccountPage account() {
        return new AccountPage(
                frame.in(Section.ACCOUNT).with(Notice.problem(text("Only a sample of a problem."))),
                person,
                List.of(
                        new AccountPage.TokenRow("abc", text("laptop"), ago(4), ago(-60 * 24 * 12)),
                        new AccountPage.TokenRow("def", text("nightly report"), null, ago(-60 * 24 * 80))),
                new AccountPage.CreatedTokenView(
                        text("nightly report"), "bt_k3v9qpzr2m4x_0000sample0000", ago(-60 * 24 * 80)),
                Form.EMPTY,
                Form.EMPTY,
                null);
    }

    private UsersPage users() {
        return new UsersPage(
                frame.in(Section.USERS),
                List.of(
                        new UsersPage.UserRow("alice", text("Alice Liddell"), "admin", false, ago(2), true),
                        new UsersPage.UserRow("bob", text("Bob Marsh"), "developer", false, ago(60 * 30), false),
                        new UsersPage.UserRow("carol", text("Carol Reyes"), "viewer", true, null, false)),
                Form.EMPTY,
                new UsersPage.LinkView("bob", "http://127.0.0.1:8080/login/link/" + "k3V9".repeat(10), ago(-60 * 24)),
                null);
    }

    private EverybodyPage everybody() {
        Frame there = frame.in(Section.EVERYBODY);
        return new EverybodyPage(
                there,
                WorkspaceListView.of(there, workspaces(), true, null),
                "1 of 4 is running, with 1.2 GiB of memory.");
    }

    private AuditPage audit() {
        return new AuditPage(
                frame.in(Section.AUDIT),
                List.of(
                        row(1, "alice", "workspace.start", "workspace/ws_k3v9qpzr2m4x", "ok", "profile small"),
                        row(3, "alice", "session.sign-in", "user/alice", "ok", "by password"),
                        row(4, "anonymous", "session.sign-in", "user/alice", "wrong_credentials", "by password"),
                        row(90, "system", "user.create", "user/alice", "ok", "role admin")),
                text("alice"),
                text("session"),
                false,
                "120");
    }

    private StatusPage status() {
        return new StatusPage(
                frame.in(Section.STATUS),
                "0.1.0",
                "processes on this machine (local)",
                "H2, embedded",
                Limits.ability("watched"),
                Limits.ability("none"),
                List.of(text(LOCAL_MODE), text(PATH_MODE)));
    }

    private AuditPage.AuditRow row(
            int minutes, String actor, String action, String object, String result, String detail) {
        return new AuditPage.AuditRow(
                HumaneTime.exactly(NOW.minus(minutes, ChronoUnit.MINUTES)),
                text(actor),
                text("127.0.0.1"),
                text(action),
                text(object),
                text(result),
                text(detail));
    }

    private List<WorkspaceView> workspaces() {
        return List.of(
                view(running()),
                view(workspace("exp", text("Experiments"), WorkspaceStateCode.STARTING, 3)),
                view(workspace("teaching", text("Teaching, autumn term"), WorkspaceStateCode.STOPPED, 60 * 60 * 27)),
                view(workspace("big-one", text("Big one"), WorkspaceStateCode.FAILED, 60 * 4)));
    }

    private Workspace running() {
        return workspace("churn", text("Churn model"), WorkspaceStateCode.RUNNING, 60 * 133);
    }

    private Workspace workspace(String slug, String name, WorkspaceStateCode code, long secondsAgo) {
        boolean running = code == WorkspaceStateCode.RUNNING;
        boolean failed = code == WorkspaceStateCode.FAILED;
        String since = NOW.minusSeconds(secondsAgo).toString();
        return new Workspace(
                "ws_" + (slug + "k3v9qpzr2m4x").replace("-", "").substring(0, 12),
                slug,
                name,
                "alice",
                text("small"),
                new WorkspaceState(
                        code,
                        code == WorkspaceStateCode.STARTING ? "pulling" : null,
                        code == WorkspaceStateCode.STARTING ? text("Fetching jupyter/base, 1.2 GiB.") : "",
                        code == WorkspaceStateCode.STARTING ? since : null,
                        failed ? "EXITED" : null,
                        failed ? text("JupyterLab ended with code 1 before it was ready.") : "",
                        since,
                        failed ? List.of(text(LOG).split("\n")) : List.of()),
                "/user/alice/" + slug + "/",
                "http://127.0.0.1:8080/user/alice/" + slug + "/",
                NOW.minus(12, ChronoUnit.DAYS).toString(),
                running ? since : null,
                running ? (long) (1.2 * GIB) : null,
                new Resources(2 * GIB, 400, null),
                NO_OVERRIDES,
                text("registry.example.org/notebook/cpu:4.2"),
                null,
                running ? new AppliedLimits("watched", "none") : null,
                running ? NOW.plus(90, ChronoUnit.MINUTES).toString() : null,
                code == WorkspaceStateCode.STARTING ? null : since,
                text("/home/alice/.benchtop/homes/alice/" + slug));
    }

    private ProfilePicker picker(String chosen, Form form) {
        return ProfilePicker.of(SampleProfiles.offers(this::text), chosen, NO_OVERRIDES, form);
    }

    private WorkspaceListView list(List<WorkspaceView> workspaces, boolean everybodys) {
        return WorkspaceListView.of(frame, workspaces, everybodys, null);
    }

    private static WorkspaceView view(Workspace workspace) {
        return new WorkspaceView(workspace, NOW);
    }

    private Frame anonymous() {
        return new Frame(Section.NONE, null, "", frame.theme(), frame.assets(), null);
    }

    private static HumaneTime ago(long minutes) {
        return HumaneTime.relative(NOW.minus(minutes, ChronoUnit.MINUTES), NOW);
    }

    private String text(String usual) {
        return everywhere == null ? usual : everywhere;
    }

    private static final String PROVIDER = "Example single sign-on";
    private static final String NOT_FOUND = "There is no workspace \"ws_k3v9\" that you may use.";
    private static final String LOCAL_MODE =
            "Servers run as your own operating system user: code in a notebook can read and change whatever you can."
                    + " Let only people in whom you would lend your login.";
    private static final String PATH_MODE =
            "All workspaces share one address: a page of one could act on another in the same browser."
                    + " Do not open notebooks of people you do not trust.";
    private static final String LOG = """
        [I 2026-11-21 09:40:52.114 ServerApp] benchtop_server | extension was successfully linked.
        [I 2026-11-21 09:40:52.119 ServerApp] jupyter_lsp | extension was successfully linked.
        [I 2026-11-21 09:40:52.340 ServerApp] jupyterlab | extension was successfully loaded.
        [C 2026-11-21 09:40:52.341 ServerApp] Running as the owner of /user/alice/exp/
        ModuleNotFoundError: No module named 'jupyter_server_fileid'
        """;
}
