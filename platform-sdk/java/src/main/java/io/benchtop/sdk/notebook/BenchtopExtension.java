package io.benchtop.sdk.notebook;

import io.benchtop.sdk.Shown;
import java.util.Arrays;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * Found by the Java kernel (jjava) as a service when it starts: imports the SDK, sets the variable {@code benchtop}, and shows
 * the SDK's values as tables.
 *
 * <p>A kernel without the SDK is better than none: whatever goes wrong here is told on standard error and swallowed, linkage
 * errors of another kernel version included. Only what is the same in jjava 1.0-a6 (Maven Central) and 1.0a8 (the wheel) is used.
 */
public final class BenchtopExtension implements Extension {

    private static final String PRELUDE = """
            import io.benchtop.sdk.*;
            import io.benchtop.sdk.error.BenchtopException;
            import io.benchtop.sdk.model.*;
            import io.benchtop.sdk.serving.*;
            import io.benchtop.sdk.tensor.*;
            var benchtop = Benchtop.connect();
            """;

    @Override
    public void install(BaseKernel kernel) {
        attempt(
                "the SDK's values show as text only",
                () -> Arrays.stream(Shown.class.getPermittedSubclasses())
                        .forEach(type -> showAsTable(kernel, type.asSubclass(Shown.class))));
        attempt("write `import io.benchtop.sdk.*;` to use the SDK", () -> {
            for (var line : PRELUDE.lines().toList()) {
                kernel.evalRaw(line);
            }
        });
    }

    private static <T extends Shown> void showAsTable(BaseKernel kernel, Class<T> type) {
        kernel.getRenderer()
                .createRegistration(type)
                .preferring(MIMEType.TEXT_HTML)
                .supporting(MIMEType.TEXT_PLAIN)
                .register((value, context) -> {
                    context.renderIfRequested(MIMEType.TEXT_HTML, () -> HtmlTable.of(value));
                    context.renderIfRequested(MIMEType.TEXT_PLAIN, value::toString);
                });
    }

    private static void attempt(String consequence, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | LinkageError e) {
            System.err.println("Benchtop: " + consequence + " (" + e + ")");
        }
    }
}
