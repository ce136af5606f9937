package io.benchtop.service.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: where sessions are kept. */
public interface SessionRepository {

    void insert(Session session);

    Optional<Session> find(String sid);

    void seen(String sid, Instant at);

    /** Ends a session; false if it had ended or never was. */
    boolean end(String sid, Instant at);

    /** Ends every open session of the user and tells which. */
    List<String> endAll(UserName user, Instant at);

    /** Sessions ended after {@code since}. */
    List<Session> endedSince(Instant since);

    /** Forgets sessions last seen before {@code before}. */
    void forgetUnseenSince(Instant before);
}
