package io.benchtop.service.wiring;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Signing in with an OpenID Connect provider ({@code BENCHTOP_OIDC_ISSUER} …), see docs/operator.md. Without any of these
 * there is no such way in; wrong, missing and unknown ones stop the start.
 */
@ConfigurationProperties("benchtop.oidc")
public interface OidcConfig {

    /** The provider's address as it calls itself. */
    Optional<String> getIssuer();

    /** Benchtop's name at the provider. */
    Optional<String> getClientId();

    /** A file with Benchtop's secret at the provider; without one Benchtop is a public client. */
    Optional<Path> getClientSecretFile();

    @Bindable(defaultValue = "openid,profile,email")
    List<String> getScopes();

    /** How people call the provider, on the button "Sign in with …". */
    @Bindable(defaultValue = "single sign-on")
    String getDisplayName();

    /** The claim with a person's groups; dots lead into objects. */
    Optional<String> getRoleClaim();

    Optional<List<String>> getAdminGroups();

    Optional<List<String>> getDeveloperGroups();

    Optional<List<String>> getViewerGroups();

    /** For whoever is in none of the groups: developer or viewer. Without it they are refused. */
    Optional<String> getDefaultRole();

    /** Where a verified e-mail address must belong; none asks for no address. */
    Optional<List<String>> getEmailDomains();

    /** Whether name and password let people in as well: true or false. */
    @Bindable(defaultValue = "true")
    String getPasswordSignIn();

    /** Whether signing out of Benchtop leads to signing out at the provider, if it offers that: true or false. */
    @Bindable(defaultValue = "true")
    String getLogout();
}
