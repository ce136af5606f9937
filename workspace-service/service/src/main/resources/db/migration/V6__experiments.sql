-- Experiments and their runs, as MLflow's clients know them; times are milliseconds since 1970, as those clients send them. The
-- same text runs on H2 (PostgreSQL mode) and PostgreSQL. Texts may be as long as MLflow allows, in characters; H2 counts some twice.

create table experiments (
    id varchar(32) primary key,
    owner varchar(32) not null references users (name),
    name varchar(1000) not null,
    deleted boolean not null,
    created_at bigint not null,
    changed_at bigint not null,
    constraint experiments_name unique (owner, name)
);

create table experiment_tags (
    experiment_id varchar(32) not null references experiments (id) on delete cascade,
    tag_key varchar(500) not null,
    tag_value varchar(16000) not null,
    primary key (experiment_id, tag_key)
);

create table experiment_runs (
    id varchar(32) primary key,
    experiment_id varchar(32) not null references experiments (id) on delete cascade,
    name varchar(1000) not null,
    owner varchar(32) not null,
    status varchar(16) not null,
    started_at bigint not null,
    ended_at bigint,
    deleted boolean not null
);
create index experiment_runs_by_start on experiment_runs (experiment_id, started_at);

create table run_params (
    run_id varchar(32) not null references experiment_runs (id) on delete cascade,
    param_key varchar(500) not null,
    param_value varchar(12000) not null,
    primary key (run_id, param_key)
);

create table run_tags (
    run_id varchar(32) not null references experiment_runs (id) on delete cascade,
    tag_key varchar(500) not null,
    tag_value varchar(16000) not null,
    primary key (run_id, tag_key)
);

-- Every value that was ever told, and beside it the latest of each metric, by which runs are shown and searched.
create table run_metrics (
    run_id varchar(32) not null references experiment_runs (id) on delete cascade,
    metric_key varchar(500) not null,
    step bigint not null,
    told_at bigint not null,
    metric_value double precision not null,
    primary key (run_id, metric_key, step, told_at, metric_value)
);
create table run_latest_metrics (
    run_id varchar(32) not null references experiment_runs (id) on delete cascade,
    metric_key varchar(500) not null,
    step bigint not null,
    told_at bigint not null,
    metric_value double precision not null,
    primary key (run_id, metric_key)
);
create index run_latest_metrics_by_value on run_latest_metrics (metric_key, metric_value);

create table run_inputs (
    run_id varchar(32) not null references experiment_runs (id) on delete cascade,
    place integer not null,
    dataset_name varchar(1000) not null,
    digest varchar(72) not null,
    body text not null,
    primary key (run_id, dataset_name, digest)
);

-- Models as MLflow's clients log them, each as one JSON text, and which run made or used which.
create table logged_models (
    id varchar(34) primary key,
    experiment_id varchar(32) not null references experiments (id) on delete cascade,
    created_at bigint not null,
    body text not null
);
create index logged_models_by_creation on logged_models (experiment_id, created_at);

create table run_outputs (
    run_id varchar(32) not null references experiment_runs (id) on delete cascade,
    model_id varchar(34) not null,
    step bigint not null,
    primary key (run_id, model_id, step)
);
