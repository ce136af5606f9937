package io.benchtop.service.http.page;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One sentence on top of a page about what just happened. */
record Notice(Kind kind, String text) {

    Notice {
        requireNonNull(kind, "kind is null");
        requireNonNull(text, "text is null");
    }

    static Notice problem(String text) {
        return new Notice(Kind.BAD, text);
    }

    /** What the address of a redirect's target says was done; words never come from the address itself. */
    static @Nullable Notice done(@Nullable String code) {
        for (Done done : Done.values()) {
            if (done.code().equals(code)) {
                return new Notice(Kind.GOOD, done.sentence);
            }
        }
        return null;
    }

    enum Kind {
        GOOD,
        BUSY,
        BAD;

        String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a form can have done before it sent the browser on to the next page. */
    enum Done {
        RENAMED("Renamed."),
        PROFILE_CHANGED("The profile is changed. It counts from the next start."),
        STOPPING("The workspace is stopping. Its files stay."),
        DELETED_KEPT("The workspace is being deleted. Its files are kept."),
        DELETED("The workspace and its files are being deleted."),
        PASSWORD_CHANGED("Your password is changed. Your other sessions and all your tokens have ended."),
        TOKEN_REVOKED("The token is revoked and stops working at once."),
        USER_CHANGED("Saved."),
        USER_DISABLED("The user is disabled and signed out everywhere."),
        PROFILE_MADE("The profile is made. It is offered from now on."),
        PROFILE_SAVED("Saved. It counts from the next start of a server."),
        PROFILE_RETIRED("The profile is retired: no longer offered, no longer started. Running servers go on."),
        PROFILE_OFFERED("The profile is offered again."),
        PROFILE_DELETED("The profile is deleted."),
        PROBE_BEGUN("Its images are being looked at. What is found out is shown here when it is known."),
        DATASET_MADE("The dataset is made. Give it its first version."),
        DATASET_SAVED("Saved."),
        DATASET_DELETED("The dataset is deleted."),
        DATASET_LOOKED_AT("The source was looked at. The newest version below is what is there now."),
        VERSION_MADE("The new version is there."),
        MODEL_SAVED("Saved."),
        MODEL_DELETED("The model is deleted."),
        MODEL_VERSION_DELETED("The version is deleted. Its number is not given again."),
        ALIAS_SET("The alias points there now."),
        ALIAS_REMOVED("The alias is gone. The version that it pointed to stays."),
        WEBHOOK_REMOVED("The webhook is gone. What it was not told yet, it is not told any more."),
        APPROVED("The version is approved."),
        REJECTED("The version is rejected."),
        PROMOTED("The version gets its requests as soon as it is ready. This page shows how far it is."),
        ROLLED_BACK("Rolled back. All requests go where they went before."),
        SHADOW_ENDED("No version is in the shadow any more."),
        ENDPOINT_SAVED("Saved. It counts within seconds."),
        TRIAL_STOPPED("The trial is stopped. Requests stay split."),
        ENDPOINT_DELETED("The endpoint is deleted. Its versions stay in the registry."),
        SIGNED_OUT("You are signed out. Running workspaces go on.");

        private final String sentence;

        Done(String sentence) {
            this.sentence = sentence;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
