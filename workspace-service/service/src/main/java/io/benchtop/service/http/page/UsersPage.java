package io.benchtop.service.http.page;

import gg.jte.html.HtmlTemplateOutput;
import io.benchtop.service.identity.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who may sign in, for administrators.
 *
 * @param link a sign-in link just made, shown this once
 * @param provider through whom alone people come, instead of by links and passwords; null if by those
 */
record UsersPage(
        Frame frame,
        List<UserRow> users,
        Form form,
        @Nullable LinkView link,
        @Nullable String provider) implements Page {

    UsersPage {
        users = List.copyOf(users);
    }

    List<Role> roles() {
        return List.of(Role.VIEWER, Role.DEVELOPER, Role.ADMIN);
    }

    @Override
    public void render(HtmlTemplateOutput output) {
        JteusersGenerated.render(output, NO_INTERCEPTOR, this);
    }

    /** One user; an administrator cannot disable or demote themselves. */
    record UserRow(
            String name,
            String displayName,
            String role,
            boolean disabled,
            @Nullable HumaneTime lastSignIn,
            boolean isSelf) {}

    /** A one-time link, which stays out of logs. */
    record LinkView(String user, String url, HumaneTime expires) {

        @Override
        public String toString() {
            return "LinkView[" + user + "]";
        }
    }
}
