package io.benchtop.modelserver.engine;

import io.benchtop.modelserver.codec.BytesElements;
import io.benchtop.modelserver.codec.Memory;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.Tensor;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Which jobs share a run, their inputs as one, and the outputs apart again. Decides by what waits already: no timer. */
final class Batch {

    private Batch() {}

    /** Takes the first job, and those behind it that fit, up to so many rows. */
    static List<Job> take(ArrayDeque<Job> waiting, long mostRows) {
        Job first = waiting.pollFirst();
        if (first == null) {
            return List.of();
        }
        long rows = first.rows();
        if (waiting.isEmpty() || rows < 1 || rows >= mostRows) {
            return List.of(first);
        }
        List<Job> taken = new ArrayList<>();
        taken.add(first);
        for (Job next = waiting.peekFirst(); next != null; next = waiting.peekFirst()) {
            if (!first.fits(next) || rows + next.rows() > mostRows) {
                break;
            }
            rows += next.rows();
            taken.add(next);
            waiting.removeFirst();
        }
        return taken;
    }

    static long rows(List<Job> jobs) {
        return jobs.stream().mapToLong(Job::rows).sum();
    }

    /** The inputs of all jobs below each other; the caller closes them. */
    static List<Tensor> join(List<Job> jobs) {
        long rows = rows(jobs);
        List<Tensor> first = jobs.getFirst().inputs();
        List<Tensor> joined = new ArrayList<>(first.size());
        try {
            for (int i = 0; i < first.size(); i++) {
                Tensor model = first.get(i);
                joined.add(
                        new Tensor(model.name(), model.datatype(), model.shape().withRows(rows), join(jobs, i)));
            }
            return joined;
        } catch (ArithmeticException | OutOfMemoryError e) {
            Tensor.closeAll(joined);
            throw e;
        }
    }

    private static ByteBuf join(List<Job> jobs, int input) {
        int bytes = 0;
        for (Job job : jobs) {
            bytes = Math.addExact(bytes, job.inputs().get(input).bytes());
        }
        ByteBuf data = Memory.direct(Math.max(1, bytes));
        for (Job job : jobs) {
            Tensor part = job.inputs().get(input);
            data.writeBytes(part.data(), part.data().readerIndex(), part.bytes());
        }
        return data;
    }

    /** Whether each output has a row for each row of the inputs, so that it can be split. */
    static boolean isSplittable(List<Tensor> outputs, long rows) {
        return outputs.stream()
                .allMatch(output -> output.shape().rank() > 0 && output.shape().rows() == rows);
    }

    /** Each job's own rows of the outputs, which hold the outputs' memory; the outputs themselves stay the caller's. */
    static List<List<Tensor>> split(List<Tensor> outputs, List<Job> jobs) {
        List<List<Tensor>> parts = new ArrayList<>(jobs.size());
        long from = 0;
        for (Job job : jobs) {
            List<Tensor> part = new ArrayList<>(outputs.size());
            for (Tensor output : outputs) {
                part.add(slice(output, from, job.rows()));
            }
            parts.add(part);
            from += job.rows();
        }
        return parts;
    }

    private static Tensor slice(Tensor output, long from, long rows) {
        int start = offset(output, from);
        int end = offset(output, from + rows);
        ByteBuf data = output.data().retainedSlice(output.data().readerIndex() + start, end - start);
        return new Tensor(output.name(), output.datatype(), output.shape().withRows(rows), data);
    }

    private static int offset(Tensor tensor, long row) {
        long perRow = tensor.elements() / tensor.shape().rows();
        return tensor.datatype() == DataType.BYTES
                ? BytesElements.offset(tensor, row * perRow)
                : Math.toIntExact(row * perRow * tensor.datatype().size());
    }
}
