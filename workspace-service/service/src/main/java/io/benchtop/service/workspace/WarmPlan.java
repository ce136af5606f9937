package io.benchtop.service.workspace;

import io.benchtop.service.spawn.WarmServer;
import io.benchtop.service.spawn.WarmServer.State;
import io.benchtop.service.spawn.WorkspaceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must be done so that as many warm servers of each kind wait as are wanted. Pure.
 *
 * @param make how many more of each kind
 * @param discard what has ended, what nobody wants any more, and what is too many: of these the ready ones last
 */
record WarmPlan(Map<String, Integer> make, List<WorkspaceId> discard) {

    WarmPlan {
        make = Map.copyOf(make);
        discard = List.copyOf(discard);
    }

    static WarmPlan of(Map<String, Integer> wanted, List<WarmServer> waiting) {
        Map<String, Integer> missing = new TreeMap<>(wanted);
        List<WorkspaceId> discard = new ArrayList<>();
        List<WarmServer> bestFirst =
                waiting.stream().sorted(Comparator.comparing(WarmServer::state)).toList();
        for (WarmServer server : bestFirst) {
            int left = missing.getOrDefault(server.kind(), 0);
            if (server.state() == State.ENDED || left == 0) {
                discard.add(server.id());
            } else {
                missing.put(server.kind(), left - 1);
            }
        }
        missing.values().removeIf(left -> left == 0);
        return new WarmPlan(missing, discard);
    }
}
