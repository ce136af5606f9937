package io.benchtop.modelserver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.benchtop.modelserver.codec.BytesElements;
import io.benchtop.modelserver.protocol.DataType;
import io.benchtop.modelserver.protocol.InferenceException;
import io.benchtop.modelserver.protocol.Shape;
import io.benchtop.modelserver.protocol.Tensor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final Job.Completion NOBODY = new Job.Completion() {
        @Override
        public void completed(List<Tensor> outputs) {}

        @Override
        public void failed(InferenceException why) {}
    };

    private static Tensor floats(long[] shape, float... values) {
        ByteBuf data = Unpooled.directBuffer();
        for (float value : values) {
            data.writeFloatLE(value);
        }
        return new Tensor("x", DataType.FP32, new Shape(shape), data);
    }

    private static Job job(Tensor... inputs) {
        return Job.of(List.of(inputs), 0, Job.NEVER, NOBODY);
    }

    private static Job rows(int rows) {
        return job(floats(new long[] {rows, 1}, new float[rows]));
    }

    @Test
    void whatWaitsAndFitsIsTakenUpToTheLimit() {
        // Given
        ArrayDeque<Job> waiting = new ArrayDeque<>(List.of(rows(2), rows(3), rows(4), rows(1)));

        // When
        List<Job> taken = Batch.take(waiting, 6);

        // Then
        assertThat(taken).extracting(Job::rows).containsExactly(2L, 3L);
        assertThat(waiting).hasSize(2);
    }

    @Test
    void anotherShapeBeginsAnotherBatch() {
        // Given
        Job wide = job(floats(new long[] {1, 2}, 1, 2));
        ArrayDeque<Job> waiting = new ArrayDeque<>(List.of(rows(1), wide, rows(1)));

        // Then
        assertThat(Batch.take(waiting, 100)).hasSize(1);
        assertThat(Batch.take(waiting, 100)).containsExactly(wide);
        assertThat(Batch.take(waiting, 100)).hasSize(1);
        assertThat(Batch.take(waiting, 100)).isEmpty();
    }

    @Test
    void inputsWhoseRowsDifferAreRunAlone() {
        // Given
        Job odd = job(floats(new long[] {1, 1}, 1), floats(new long[] {2, 1}, 1, 2));

        // Then
        assertThat(Batch.take(new ArrayDeque<>(List.of(odd, odd)), 100)).hasSize(1);
    }

    @Test
    void eachJobGetsItsOwnRowsBack() {
        // Given
        List<Job> jobs = List.of(job(floats(new long[] {1, 2}, 1, 2)), job(floats(new long[] {2, 2}, 3, 4, 5, 6)));

        // When
        List<Tensor> joined = Batch.join(jobs);
        List<List<Tensor>> parts = Batch.split(joined, jobs);

        // Then
        assertThat(joined.getFirst().shape()).isEqualTo(new Shape(3, 2));
        assertThat(parts.get(0).getFirst().data())
                .isEqualTo(jobs.get(0).inputs().getFirst().data());
        assertThat(parts.get(1).getFirst().data())
                .isEqualTo(jobs.get(1).inputs().getFirst().data());
        assertThat(parts.get(1).getFirst().shape()).isEqualTo(new Shape(2, 2));
    }

    @Test
    void textsOfDifferentLengthsAreSplitByRows() {
        // Given
        ByteBuf texts = BytesElements.join(Stream.of("a", "", "ccc")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
        Tensor output = new Tensor("t", DataType.BYTES, new Shape(3), texts);

        // When
        List<List<Tensor>> parts = Batch.split(List.of(output), List.of(rows(1), rows(2)));

        // Then
        assertThat(parts.get(0).getFirst().bytes()).isEqualTo(5);
        assertThat(parts.get(1).getFirst().bytes()).isEqualTo(4 + 7);
    }
}
