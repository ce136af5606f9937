-- What was measured of logged models, which models a run read, and in which context it read data. MLflow lets tags of experiments be
-- longer than other tags.

create table model_metrics (
    model_id varchar(34) not null references logged_models (id) on delete cascade,
    run_id varchar(32) not null references experiment_runs (id) on delete cascade,
    metric_key varchar(500) not null,
    step bigint not null,
    told_at bigint not null,
    metric_value double precision not null,
    dataset_name varchar(1000),
    -- Empty if none was named: it tells two values apart that were measured at once.
    dataset_digest varchar(72) not null,
    primary key (model_id, metric_key, run_id, step, told_at, metric_value, dataset_digest)
);
create index model_metrics_by_run on model_metrics (run_id);

create table run_model_inputs (
    run_id varchar(32) not null references experiment_runs (id) on delete cascade,
    model_id varchar(34) not null,
    primary key (run_id, model_id)
);

alter table run_inputs add column dataset_context varchar(16000);

alter table experiment_tags alter column tag_value set data type varchar(40000);
