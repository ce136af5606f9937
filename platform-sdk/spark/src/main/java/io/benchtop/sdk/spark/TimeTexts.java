package io.benchtop.sdk.spark;

import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.VarCharVector;

/** Times of day of one batch as ISO-8601 texts, such as {@code 12:30} or {@code 12:30:05.000001}. */
final class TimeTexts implements AutoCloseable {

    private final TimeMicroVector times;
    private final VarCharVector texts;

    TimeTexts(TimeMicroVector times) {
        this.times = times;
        this.texts = new VarCharVector(times.getName(), times.getAllocator());
    }

    VarCharVector vector() {
        return texts;
    }

    /** As many as the batch has rows. */
    void fill(int rows) {
        texts.reset();
        for (int row = 0; row < rows; row++) {
            if (!times.isNull(row)) {
                var time = LocalTime.ofNanoOfDay(times.get(row) * 1_000);
                texts.setSafe(row, time.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        texts.setValueCount(rows);
    }

    @Override
    public void close() {
        texts.close();
    }
}
