package io.benchtop.sdk.notebook;

import io.benchtop.sdk.Shown;

/** A value as a small table. */
final class HtmlTable {

    private HtmlTable() {}

    static String of(Shown value) {
        var html = new StringBuilder("<table><caption>")
                .append(escape(value.getClass().getSimpleName()))
                .append("</caption>");
        value.shown()
                .forEach((heading, text) -> html.append("<tr><th style=\"text-align:left\">")
                        .append(escape(heading))
                        .append("</th><td style=\"text-align:left\">")
                        .append(escape(text))
                        .append("</td></tr>"));
        return html.append("</table>").toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#x27;");
    }
}
