package io.benchtop.service.identity;

/** Port: a slow, salted hash of passwords. */
public interface PasswordHashing {

    String hash(String password);

    boolean matches(String password, String hash);
}
