-- Profiles that administrators manage, and what people chose differently. The same text runs on H2 (PostgreSQL mode) and PostgreSQL.

create table profiles (
    slug varchar(40) primary key,
    -- The order to show them; equal ones by slug.
    place integer not null,
    -- JSON, as the REST interface writes it.
    body varchar(200000) not null
);

alter table workspaces add column override_memory_bytes bigint;
alter table workspaces add column override_cpus double precision;
alter table workspaces add column override_gpus integer;
alter table workspaces add column override_image varchar(40);
create index workspaces_by_profile on workspaces (profile);

create table last_choices (
    user_name varchar(32) primary key references users (name),
    profile varchar(40) not null,
    override_memory_bytes bigint,
    override_cpus double precision,
    override_gpus integer,
    override_image varchar(40)
);
