package io.benchtop.service.model.walk;

import io.benchtop.service.model.walk.OnnxMessage.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A message that is being read: what was read of it so far, and where it is. */
final class OnnxPart {

    private final OnnxMessage type;
    private final @Nullable OnnxPart parent;
    private final String role;
    private String name = "";
    private String operator = "";
    private String domain = "";
    private int nodes;

    /** @param role what it is in its parent, such as {@code initializer} */
    OnnxPart(OnnxMessage type, @Nullable OnnxPart parent, String role) {
        this.type = type;
        this.parent = parent;
        this.role = role;
    }

    OnnxPart child(Field field) {
        String asRole = field.inside() == OnnxMessage.NODE ? "node " + nodes++ : field.name();
        return new OnnxPart(field.inside(), this, asRole);
    }

    OnnxMessage type() {
        return type;
    }

    String operator() {
        return operator;
    }

    String domain() {
        return domain;
    }

    String name() {
        return name;
    }

    void text(Field field, String value) {
        switch (field.name()) {
            case "name", "key" -> name = value;
            case "op_type" -> operator = value;
            case "domain" -> domain = value;
            default -> {}
        }
    }

    /** Such as {@code graph, node 3 "conv1" (Conv), attribute "value"}. */
    String where() {
        Deque<String> parts = new ArrayDeque<>();
        for (OnnxPart part = this; part.parent != null; part = part.parent) {
            parts.addFirst(part.role
                    + (part.name.isEmpty() ? "" : " \"" + readable(part.name) + "\"")
                    + (part.operator.isEmpty() ? "" : " (" + readable(part.operator) + ")"));
        }
        // Of a deep nest, its beginning and its end say enough.
        while (parts.size() > 8) {
            parts.removeFirst();
        }
        return parts.isEmpty() ? "the model" : String.join(", ", parts);
    }

    static String readable(String text) {
        String start = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return start.replaceAll("[\\p{Cntrl}\\p{Cn}\\p{Co}\\p{Cs}\uFFFD]", "?");
    }
}
