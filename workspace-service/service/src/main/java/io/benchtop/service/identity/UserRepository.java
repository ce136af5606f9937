package io.benchtop.service.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Port: where users are kept. */
public interface UserRepository {

    Optional<User> find(UserName name);

    /** The same; the row stays locked until the transaction ends, so nobody changes the user before. */
    Optional<User> lock(UserName name);

    /** Everybody, by name. */
    List<User> list();

    /** Adds a user without password; false if the name is taken. */
    boolean insert(User user);

    /** Writes display name, role and disabled. */
    void update(User user);

    /** Whether somebody of this role has ever signed in. */
    boolean anySignedIn(Role role);

    /** How many enabled users have this role; the rows stay locked until the transaction ends. */
    long lockAndCountEnabled(Role role);

    void signedIn(UserName name, Instant at);

    Optional<String> passwordHash(UserName name);

    void setPasswordHash(UserName name, String hash);
}
