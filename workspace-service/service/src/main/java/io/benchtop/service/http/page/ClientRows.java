package io.benchtop.service.http.page;

import io.benchtop.service.endpoint.CallCounts.ClientDay;
import io.benchtop.service.endpoint.ClientCalls;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who asks an endpoint, most often first.
 *
 * @param more how many are left out
 */
record ClientRows(List<Row> rows, int more) {

    static final int DAYS = 30;
    static final ClientRows NONE = new ClientRows(List.of(), 0);

    private static final int MOST = 100;

    ClientRows {
        rows = List.copyOf(rows);
    }

    static ClientRows of(List<ClientDay> days, LocalDate today) {
        Map<String, Sum> sums = new TreeMap<>();
        for (ClientDay each : days) {
            ClientCalls calls = each.calls();
            long requestsToday = each.day().equals(today) ? calls.requests() : 0;
            sums.merge(
                    calls.client(),
                    new Sum(requestsToday, calls.requests(), calls.failures(), calls.refused()),
                    Sum::plus);
        }
        List<Row> rows = sums.entrySet().stream()
                .sorted((one, other) -> Long.compare(other.getValue().all, one.getValue().all))
                .limit(MOST)
                .map(each -> new Row(
                        each.getKey(),
                        HumaneNumber.count(each.getValue().today),
                        HumaneNumber.count(each.getValue().all),
                        HumaneNumber.count(each.getValue().failures),
                        HumaneNumber.count(each.getValue().refused)))
                .toList();
        return new ClientRows(rows, sums.size() - rows.size());
    }

    private record Sum(long today, long all, long failures, long refused) {

        Sum plus(Sum other) {
            return new Sum(today + other.today, all + other.all, failures + other.failures, refused + other.refused);
        }
    }

    /** One client. */
    record Row(String client, String today, String all, String failures, String refused) {}
}
