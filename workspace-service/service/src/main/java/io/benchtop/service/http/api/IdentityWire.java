package io.benchtop.service.http.api;

import io.benchtop.api.audit.AuditEntry;
import io.benchtop.api.audit.AuditPage;
import io.benchtop.api.identity.Account;
import io.benchtop.api.identity.AccountList;
import io.benchtop.api.identity.ChangePasswordRequest;
import io.benchtop.api.identity.ChangeUserRequest;
import io.benchtop.api.identity.CreateTokenRequest;
import io.benchtop.api.identity.CreateUserRequest;
import io.benchtop.api.identity.CreatedToken;
import io.benchtop.api.identity.Credential;
import io.benchtop.api.identity.LoginRequest;
import io.benchtop.api.identity.LoginResponse;
import io.benchtop.api.identity.Me;
import io.benchtop.api.identity.SignInLink;
import io.benchtop.api.identity.Token;
import io.benchtop.api.identity.TokenList;
import io.benchtop.api.identity.User;
import io.benchtop.api.identity.WorkspaceReference;
import io.benchtop.api.routing.JsonWebKeySet;
import io.micronaut.serde.annotation.SerdeImport;

/** Lets Serde read and write the wire's records, which carry no annotation of any framework. */
@SerdeImport(Account.class)
@SerdeImport(AuditEntry.class)
@SerdeImport(AuditPage.class)
@SerdeImport(JsonWebKeySet.class)
@SerdeImport(JsonWebKeySet.Key.class)
@SerdeImport(AccountList.class)
@SerdeImport(ChangePasswordRequest.class)
@SerdeImport(ChangeUserRequest.class)
@SerdeImport(CreateTokenRequest.class)
@SerdeImport(CreateUserRequest.class)
@SerdeImport(CreatedToken.class)
@SerdeImport(Credential.class)
@SerdeImport(LoginRequest.class)
@SerdeImport(LoginResponse.class)
@SerdeImport(Me.class)
@SerdeImport(SignInLink.class)
@SerdeImport(Token.class)
@SerdeImport(TokenList.class)
@SerdeImport(User.class)
@SerdeImport(WorkspaceReference.class)
final class IdentityWire {

    private IdentityWire() {}
}
