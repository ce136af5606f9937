package io.benchtop.modelserver.codec;

import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.InferenceRequest;
import io.benchtop.modelserver.protocol.Quote;
import io.benchtop.modelserver.protocol.RequestedOutput;
import io.benchtop.modelserver.protocol.Tensor;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message while it is read. It owns its tensors until they are taken. */
final class MessageDraft implements AutoCloseable {

    private static final int MOST_TENSORS = 1024;

    @Nullable
    String id;

    final Map<String, Object> parameters = new HashMap<>();
    private final String kind;
    private final List<TensorDraft> drafts = new ArrayList<>();
    private final List<RequestedOutput> outputs = new ArrayList<>();

    /** {@code kind} is what its tensors are called in messages. */
    MessageDraft(String kind) {
        this.kind = kind;
    }

    TensorDraft addTensor() {
        requireFew(drafts.size());
        TensorDraft draft = new TensorDraft(kind);
        drafts.add(draft);
        return draft;
    }

    void addOutput(TensorDraft output) {
        requireFew(outputs.size());
        outputs.add(new RequestedOutput(output.requireName(), output.binary));
    }

    private static void requireFew(int count) {
        if (count >= MOST_TENSORS) {
            throw InferenceException.invalid("a message has at most " + MOST_TENSORS + " tensors");
        }
    }

    void takeRaw(ByteBuf body, int offset) {
        int at = offset;
        for (TensorDraft draft : drafts) {
            if (draft.binarySize >= 0) {
                at = draft.takeRaw(body, at);
            }
        }
        if (at != body.writerIndex()) {
            throw InferenceException.invalid(
                    (body.writerIndex() - at) + " bytes at the end of the body belong to no tensor");
        }
    }

    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>(drafts.size());
        Set<String> names = HashSet.newHashSet(drafts.size());
        try {
            for (TensorDraft draft : drafts) {
                Tensor tensor = draft.finish();
                tensors.add(tensor);
                if (!names.add(tensor.name())) {
                    throw InferenceException.invalid(kind + " " + Quote.of(tensor.name()) + " is there twice");
                }
            }
            return tensors;
        } catch (InferenceException e) {
            Tensor.closeAll(tensors);
            throw e;
        }
    }

    InferenceRequest request() {
        return new InferenceRequest(id, parameters, tensors(), outputs);
    }

    @Override
    public void close() {
        drafts.forEach(TensorDraft::close);
    }
}
