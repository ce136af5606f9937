-- Who comes through an identity provider. Issuer and subject are the key: names and e-mail addresses change hands. The same
-- text runs on H2 (PostgreSQL mode) and PostgreSQL.

create table external_identities (
    issuer varchar(255) not null,
    subject varchar(255) not null,
    user_name varchar(32) not null references users (name),
    created_at timestamp with time zone not null,
    primary key (issuer, subject),
    constraint external_identities_user unique (user_name)
);

-- Sign-ins at the provider that have come back: none comes back twice. Rows are forgotten when the attempt would have ended.
create table used_sign_in_attempts (
    state_hash varchar(64) primary key,
    ends_at timestamp with time zone not null
);
create index used_sign_in_attempts_by_end on used_sign_in_attempts (ends_at);
