-- Registered models and their versions. Files, metrics, tags and where a version comes from are JSON, which nobody searches.

create table models (
    id varchar(32) primary key,
    name varchar(63) not null,
    name_key varchar(63) not null,
    owner varchar(32) not null references users (name),
    description varchar(8000) not null,
    approval_required boolean not null,
    tags_json text not null,
    created_at timestamp with time zone not null,
    changed_at timestamp with time zone not null,
    constraint models_name unique (name_key)
);

create table model_readers (
    model_id varchar(32) not null references models (id) on delete cascade,
    reader varchar(32) not null,
    primary key (model_id, reader)
);

create table model_publishers (
    model_id varchar(32) not null references models (id) on delete cascade,
    publisher varchar(32) not null,
    primary key (model_id, publisher)
);

create table model_versions (
    model_id varchar(32) not null references models (id) on delete cascade,
    version_number bigint not null,
    major integer not null,
    minor integer not null,
    patch integer not null,
    state varchar(12) not null,
    state_json text not null,
    expires_at timestamp with time zone,
    format varchar(16) not null,
    publication_json text not null,
    created_by varchar(32) not null,
    created_at timestamp with time zone not null,
    approval varchar(12) not null,
    approved_by varchar(32),
    approval_comment varchar(4000) not null,
    description varchar(8000) not null,
    tags_json text not null,
    idempotency_key varchar(100),
    request_hash varchar(64),
    primary key (model_id, version_number),
    constraint model_versions_version unique (model_id, major, minor, patch),
    constraint model_versions_key unique (model_id, created_by, idempotency_key)
);
create index model_versions_by_state on model_versions (state, created_at);

create table model_aliases (
    model_id varchar(32) not null,
    alias varchar(63) not null,
    version_number bigint not null,
    primary key (model_id, alias),
    foreign key (model_id, version_number) references model_versions (model_id, version_number) on delete cascade
);
