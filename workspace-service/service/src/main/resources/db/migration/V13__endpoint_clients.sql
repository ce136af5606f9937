-- Who asked an endpoint how often, by the day in UTC.

create table endpoint_clients (
    endpoint_id varchar(32) not null references endpoints (id) on delete cascade,
    client varchar(255) not null,
    used_on date not null,
    requests bigint not null,
    refused bigint not null,
    primary key (endpoint_id, client, used_on)
);
create index endpoint_clients_by_day on endpoint_clients (used_on);
