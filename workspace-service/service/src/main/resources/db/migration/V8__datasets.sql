-- Datasets, their versions and manifests, uploads on their way, and who opened what. Descriptions of columns, sources, samples and
-- profiles are JSON, which nobody searches.

create table datasets (
    id varchar(32) primary key,
    space varchar(63) not null,
    name varchar(63) not null,
    owner varchar(32) not null references users (name),
    description varchar(8000) not null,
    source text not null,
    created_at timestamp with time zone not null,
    changed_at timestamp with time zone not null,
    constraint datasets_name unique (space, name)
);

create table dataset_tags (
    dataset_id varchar(32) not null references datasets (id) on delete cascade,
    tag_key varchar(200) not null,
    tag_value varchar(2000) not null,
    primary key (dataset_id, tag_key)
);

create table dataset_readers (
    dataset_id varchar(32) not null references datasets (id) on delete cascade,
    reader varchar(32) not null,
    primary key (dataset_id, reader)
);

create table dataset_versions (
    dataset_id varchar(32) not null references datasets (id) on delete cascade,
    version_number bigint not null,
    created_at timestamp with time zone not null,
    created_by varchar(32) not null,
    note varchar(4000) not null,
    format varchar(16) not null,
    upload_id varchar(40),
    row_count bigint,
    byte_count bigint not null,
    file_count integer not null,
    digest varchar(64) not null,
    columns_json text not null,
    partitions_json text not null,
    run_id varchar(64),
    workspace_id varchar(64),
    preview_json text,
    primary key (dataset_id, version_number)
);

create table dataset_files (
    dataset_id varchar(32) not null,
    version_number bigint not null,
    file_path varchar(2000) not null,
    byte_count bigint not null,
    sha256 varchar(64),
    source_state varchar(400),
    row_count bigint,
    primary key (dataset_id, version_number, file_path),
    foreign key (dataset_id, version_number) references dataset_versions (dataset_id, version_number) on delete cascade
);

create table dataset_uploads (
    id varchar(40) primary key,
    dataset_id varchar(32) not null references datasets (id) on delete cascade,
    owner varchar(32) not null,
    note varchar(4000) not null,
    run_id varchar(64),
    workspace_id varchar(64),
    expires_at timestamp with time zone not null,
    version_number bigint
);
create index dataset_uploads_by_end on dataset_uploads (expires_at);

create table dataset_reads (
    id varchar(40) primary key,
    dataset_id varchar(32) not null references datasets (id) on delete cascade,
    version_number bigint not null,
    reader varchar(32) not null,
    run_id varchar(64),
    workspace_id varchar(64),
    opened_at timestamp with time zone not null,
    columns_json text not null,
    filter varchar(20000) not null,
    streamed_at timestamp with time zone
);
create index dataset_reads_by_time on dataset_reads (dataset_id, opened_at);
