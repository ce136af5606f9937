-- Endpoints, what is seen of their model-servers, what happened to them and what they were asked. What is wanted and what is seen is
-- JSON, which nobody searches.

create table endpoints (
    id varchar(32) primary key,
    name varchar(40) not null,
    owner varchar(32) not null references users (name),
    generation bigint not null,
    wanted_json text not null,
    seen_json text not null,
    asked_at timestamp with time zone,
    created_at timestamp with time zone not null,
    changed_at timestamp with time zone not null,
    constraint endpoints_name unique (name)
);

create table endpoint_callers (
    endpoint_id varchar(32) not null references endpoints (id) on delete cascade,
    caller varchar(32) not null,
    primary key (endpoint_id, caller)
);

create table endpoint_steps (
    endpoint_id varchar(32) not null references endpoints (id) on delete cascade,
    step_number bigint not null,
    happened_at timestamp with time zone not null,
    actor varchar(64) not null,
    code varchar(32) not null,
    message varchar(8000) not null,
    primary key (endpoint_id, step_number)
);

create table endpoint_counts (
    endpoint_id varchar(32) not null references endpoints (id) on delete cascade,
    model varchar(63) not null,
    model_version varchar(32) not null,
    slot_at timestamp with time zone not null,
    requests bigint not null,
    failures bigint not null,
    latency_json varchar(1000) not null,
    value_count bigint not null,
    nan_count bigint not null,
    finite_count bigint not null,
    value_sum double precision not null,
    value_squares double precision not null,
    primary key (endpoint_id, model, model_version, slot_at)
);
create index endpoint_counts_by_time on endpoint_counts (slot_at);

-- Posts of counts that were taken, so that one that comes again counts once.
create table endpoint_reports (
    id varchar(64) primary key,
    taken_at timestamp with time zone not null
);
create index endpoint_reports_by_time on endpoint_reports (taken_at);

-- A token with an endpoint opens that one and nothing else.
alter table api_tokens add column endpoint varchar(40);
