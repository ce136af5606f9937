-- What any number of replicas need to act as one. The same text runs on H2 (PostgreSQL mode) and PostgreSQL.

-- What changed, numbered in the order of the commits: the head row is locked from the first number of a transaction to its
-- end, so whoever reads on from a number misses nothing. The mark tells a row from another one that got its number after the
-- database was set back to an earlier state. There is always a last row.
create table changes (
    revision bigint primary key,
    mark varchar(12) not null,
    kind varchar(24) not null,
    subject varchar(100) not null,
    detail varchar(200) not null,
    happened_at timestamp with time zone not null
);
create index changes_by_time on changes (happened_at);
insert into changes (revision, mark, kind, subject, detail, happened_at)
values (0, 'beginning', 'LOG_BEGUN', '', '', current_timestamp);

create table change_head (
    only_row boolean primary key,
    last_revision bigint not null
);
insert into change_head (only_row, last_revision) values (true, 0);

-- Who works on what. A lease is over at the time given, by the clock of the database; holder and epoch never come together twice.
create table leases (
    name varchar(64) primary key,
    holder varchar(24) not null,
    epoch bigint not null,
    lapses_at timestamp with time zone not null
);
create index leases_by_end on leases (lapses_at);

-- How far a start is.
alter table workspaces add column start_phase varchar(12);
alter table workspaces add column start_detail varchar(500);
alter table workspaces add column start_phase_at timestamp with time zone;
