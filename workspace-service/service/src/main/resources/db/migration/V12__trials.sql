-- A/B tests on endpoints: what was agreed on, what was counted, and who was counted. A user is a digest of its key. The candidate's
-- buckets are text such as "5000-10000", which nobody searches; the control has all others.

create table trials (
    endpoint_id varchar(32) not null references endpoints (id) on delete cascade,
    trial_number integer not null,
    metric varchar(64) not null,
    model varchar(63) not null,
    control_version varchar(32) not null,
    candidate_version varchar(32) not null,
    candidate_buckets text not null,
    sticky_header varchar(64),
    sticky_cookie boolean not null,
    baseline double precision not null,
    minimal_effect double precision not null,
    alpha double precision not null,
    test_power double precision not null,
    stopping varchar(16) not null,
    minimal_uplift double precision not null,
    switches boolean not null,
    candidate_share double precision not null,
    control_users bigint not null,
    control_conversions bigint not null,
    candidate_users bigint not null,
    candidate_conversions bigint not null,
    stage varchar(16) not null,
    stage_since timestamp with time zone not null,
    message varchar(8000) not null,
    started_by varchar(32) not null,
    started_at timestamp with time zone not null,
    primary key (endpoint_id, trial_number)
);
create index trials_by_stage on trials (stage);

create table trial_users (
    endpoint_id varchar(32) not null,
    trial_number integer not null,
    user_digest varchar(64) not null,
    is_candidate boolean not null,
    converted boolean not null,
    primary key (endpoint_id, trial_number, user_digest),
    constraint trial_users_of_trial foreign key (endpoint_id, trial_number)
        references trials (endpoint_id, trial_number) on delete cascade
);
