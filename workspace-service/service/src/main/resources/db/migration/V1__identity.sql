-- Who may use Benchtop, how they prove it, and what was done. The same text runs on H2 (PostgreSQL mode) and PostgreSQL.

create table users (
    name varchar(32) primary key,
    display_name varchar(100) not null,
    role varchar(16) not null,
    disabled boolean not null,
    password_hash varchar(100),
    created_at timestamp with time zone not null,
    last_sign_in_at timestamp with time zone
);

create table sessions (
    sid varchar(43) primary key,
    user_name varchar(32) not null references users (name),
    created_at timestamp with time zone not null,
    last_seen_at timestamp with time zone not null,
    ended_at timestamp with time zone
);
create index sessions_by_user on sessions (user_name);
create index sessions_by_end on sessions (ended_at);

-- Only the hash of a secret is stored: a copy of the database opens no door.
create table api_tokens (
    id varchar(12) primary key,
    user_name varchar(32) not null references users (name),
    name varchar(100) not null,
    secret_hash varchar(64) not null,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone
);
create index api_tokens_by_user on api_tokens (user_name);

create table sign_in_links (
    token_hash varchar(64) primary key,
    purpose varchar(16) not null,
    user_name varchar(32) references users (name),
    expires_at timestamp with time zone not null,
    ended_at timestamp with time zone
);

-- Rows are only ever added; each holds the hash of the row before it, and the head names the last one.
create table audit_events (
    id bigint primary key,
    happened_at timestamp with time zone not null,
    actor varchar(64) not null,
    address varchar(64) not null,
    action varchar(64) not null,
    subject varchar(200) not null,
    outcome varchar(64) not null,
    detail varchar(1000) not null,
    previous_hash varchar(64) not null,
    hash varchar(64) not null
);
create index audit_events_by_actor on audit_events (actor, id);
create index audit_events_by_action on audit_events (action, id);

create table audit_head (
    only_row boolean primary key,
    last_id bigint not null,
    last_hash varchar(64) not null
);
insert into audit_head (only_row, last_id, last_hash)
values (true, 0, '0000000000000000000000000000000000000000000000000000000000000000');
