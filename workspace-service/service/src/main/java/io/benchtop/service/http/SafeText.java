package io.benchtop.service.http;

/** Text from outside made fit for a log line: short, one line, nothing that moves a terminal's cursor. */
final class SafeText {

    private SafeText() {}

    static String shorten(String text, int maxLength) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), maxLength));
        for (int i = 0; i < text.length() && safe.length() < maxLength; i++) {
            char c = text.charAt(i);
            safe.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return safe.toString();
    }
}
