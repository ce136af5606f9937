-- Workspaces: what is wanted and what is the case. The same text runs on H2 (PostgreSQL mode) and PostgreSQL.

create table workspaces (
    id varchar(15) primary key,
    owner varchar(32) not null references users (name),
    slug varchar(40) not null,
    display_name varchar(100) not null,
    profile varchar(40) not null,
    created_at timestamp with time zone not null,
    desired varchar(24) not null,
    state varchar(16) not null,
    since timestamp with time zone not null,
    reason_code varchar(40),
    reason_message varchar(2000),
    reason_log varchar(20000),
    generation bigint not null,
    kept_alive_until timestamp with time zone,
    kept_alive_reason varchar(200),
    last_activity timestamp with time zone,
    -- A deleted workspace whose files were kept: its slug is not given to other files.
    retired boolean not null,
    constraint workspaces_slug unique (owner, slug)
);

create table idempotency_keys (
    owner varchar(32) not null references users (name),
    idempotency_key varchar(100) not null,
    request_hash varchar(64) not null,
    workspace_id varchar(15) not null,
    answered_at timestamp with time zone not null,
    primary key (owner, idempotency_key)
);
create index idempotency_keys_by_time on idempotency_keys (answered_at);
