package io.benchtop.service.http.page;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Everything that one page shows; rendering it touches nothing else. */
@FunctionalInterface
interface Page {

    /** What templates ask to look at each form; ours carry their own CSRF field. */
    HtmlInterceptor NO_INTERCEPTOR = new HtmlInterceptor() {

        @Override
        public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput output) {}

        @Override
        public void onHtmlTagClosed(String name, TemplateOutput output) {}
    };

    void render(HtmlTemplateOutput output);

    default String html() {
        StringOutput text = new StringOutput();
        render(new OwaspHtmlTemplateOutput(text));
        return text.toString();
    }
}
