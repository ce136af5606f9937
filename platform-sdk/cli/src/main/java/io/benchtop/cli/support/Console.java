package io.benchtop.cli.support;

import java.io.PrintStream;

/** Where the supervisor tells people what it does. */
public record Console(PrintStream out) {

    public void line(String text) {
        out.println(text);
        out.flush();
    }
}
