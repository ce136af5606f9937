-- By which generation of each endpoint a proxy goes, as it said last. Nothing depends on a row: a proxy says it again.

create table endpoint_proxies (
    proxy varchar(64) not null primary key,
    heard_at timestamp with time zone not null,
    generations_json text not null
);
