package io.benchtop.service.identity;

import java.net.URI;
import java.util.Optional;

/** Port: somebody else who knows people and vouches for them, such as a company's single sign-on. */
public interface IdentityProvider {

    /** Where the browser goes so that the person signs in there; nothing while the provider cannot be asked. */
    Optional<URI> begin(SignInAttempt attempt);

    /** Who it was, asked of the provider itself; the callback's state has been compared with the attempt's already. */
    ProviderAnswer complete(ProviderCallback callback, SignInAttempt attempt);

    /** Where the browser goes to be signed out there as well; nothing if that is not offered or not wanted. */
    Optional<URI> signOut();
}
