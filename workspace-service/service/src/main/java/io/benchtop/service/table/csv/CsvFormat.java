package io.benchtop.service.table.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.benchtop.service.problem.ProblemException;
import io.benchtop.service.table.ArrayRows;
import io.benchtop.service.table.Column;
import io.benchtop.service.table.ColumnType;
import io.benchtop.service.table.ReadableFile;
import io.benchtop.service.table.Rows;
import io.benchtop.service.table.TableFormat;
import io.benchtop.service.table.TextValues;
import io.benchtop.service.table.UnreadableFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Comma separated values as RFC 4180 has them, in UTF-8, whose first line names the columns. Semicolons, tabs and bars separate,
 * too, if the first line has more of them than of the others. An empty value is none.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public final class CsvFormat implements TableFormat {

    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    private static final int LONGEST_HEADER = 1 << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    @Override
    public List<Column> columns(ReadableFile file) throws IOException {
        try (Lines lines = new Lines(file)) {
            String[] names = lines.header();
            @Nullable ColumnType[] types = new ColumnType[names.length];
            for (CsvRecord line = lines.next(); line != null; line = lines.next()) {
                for (int at = 0; at < names.length; at++) {
                    types[at] = ColumnType.widest(types[at], TextValues.type(line.getField(at)));
                }
            }
            List<Column> columns = new ArrayList<>();
            for (int at = 0; at < names.length; at++) {
                ColumnType type = types[at];
                columns.add(new Column(names[at], type == null ? ColumnType.TEXT : type));
            }
            return List.copyOf(columns);
        }
    }

    @Override
    public Rows open(ReadableFile file, List<Column> columns) throws IOException {
        return new CsvRows(new Lines(file), columns);
    }

    /** The lines of one file, each with as many fields as the first. */
    private static final class Lines implements AutoCloseable {

        private final String name;
        private final CsvReader<CsvRecord> reader;
        private final Iterator<CsvRecord> records;
        private final String[] header;

        Lines(ReadableFile file) throws IOException {
            name = file.name();
            Reader text = new BufferedReader(
                    new InputStreamReader(file.read(), StandardCharsets.UTF_8.newDecoder()), 1 << 16);
            try {
                skipMark(text);
                reader = CsvReader.builder()
                        .fieldSeparator(separator(text))
                        .skipEmptyLines(true)
                        .allowUnclosedQuote(false)
                        .ofCsvRecord(text);
                records = reader.iterator();
                CsvRecord first = next();
                if (first == null) {
                    throw unreadable("is empty; its first line must name the columns");
                }
                header = names(first);
            } catch (CharacterCodingException e) {
                text.close();
                throw notUtf8();
            } catch (IOException | RuntimeException e) {
                text.close();
                throw e;
            }
        }

        private static void skipMark(Reader text) throws IOException {
            text.mark(1);
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
        }

        /** Refused, not replaced by question marks. */
        private ProblemException notUtf8() {
            return unreadable("is not in UTF-8. Save it in UTF-8");
        }

        private static char separator(Reader text) throws IOException {
            text.mark(LONGEST_HEADER);
            int[] counts = new int[SEPARATORS.length];
            int each = text.read();
            for (int read = 1; each >= 0 && each != '\n' && read < LONGEST_HEADER; read++) {
                for (int at = 0; at < SEPARATORS.length; at++) {
                    counts[at] += each == SEPARATORS[at] ? 1 : 0;
                }
                each = text.read();
            }
            text.reset();
            int most = 0;
            for (int at = 1; at < SEPARATORS.length; at++) {
                most = counts[at] > counts[most] ? at : most;
            }
            return SEPARATORS[most];
        }

        private String[] names(CsvRecord first) {
            String[] names = first.getFields().toArray(String[]::new);
            for (int at = 0; at < names.length; at++) {
                names[at] = names[at].strip();
                if (names[at].isEmpty()) {
                    throw unreadable("has no name for column " + (at + 1) + " in its first line");
                }
            }
            if (Arrays.stream(names).distinct().count() < names.length) {
                throw unreadable("has two columns of one name in its first line");
            }
            return names;
        }

        String[] header() {
            return header.clone();
        }

        @Nullable
        CsvRecord next() throws IOException {
            try {
                return records.hasNext() ? records.next() : null;
            } catch (UncheckedIOException e) {
                if (e.getCause() instanceof CharacterCodingException) {
                    throw notUtf8();
                }
                throw e.getCause();
            } catch (CsvParseException e) {
                switch (e.getCause()) {
                    case CharacterCodingException _ -> throw notUtf8();
                    // Nothing is wrong with the file: where it comes from fails.
                    case IOException source -> throw source;
                    case UncheckedIOException source -> throw source.getCause();
                    case ProblemException source -> throw source;
                    case null, default -> throw unreadable("cannot be read as CSV: " + e.getMessage());
                }
            }
        }

        ProblemException unreadable(String why) {
            return UnreadableFile.of(name, why);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    private static final class CsvRows extends ArrayRows {

        private final Lines lines;
        private final int[] places;

        CsvRows(Lines lines, List<Column> columns) {
            super(columns);
            this.lines = lines;
            Map<String, Integer> known = new HashMap<>();
            String[] names = lines.header();
            for (int at = 0; at < names.length; at++) {
                known.put(names[at], at);
            }
            this.places = columns.stream()
                    .mapToInt(column -> known.getOrDefault(column.name(), -1))
                    .toArray();
        }

        @Override
        public boolean next() throws IOException {
            CsvRecord line = lines.next();
            if (line == null) {
                return false;
            }
            for (int at = 0; at < places.length; at++) {
                row[at] = places[at] < 0
                        ? null
                        : UnreadableFile.parsed(
                                line.getField(places[at]), columns().get(at), lines.name, line.getStartingLineNumber());
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
