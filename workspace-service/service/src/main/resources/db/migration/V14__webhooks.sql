-- Addresses that are told what happens to a model, and what is to be told them: a delivery is written with what happened.

create table model_webhooks (
    id varchar(32) primary key,
    model_id varchar(32) not null references models (id) on delete cascade,
    url varchar(2000) not null,
    events varchar(500) not null,
    sealed_secret varchar(500) not null,
    created_by varchar(32) not null,
    created_at timestamp with time zone not null
);
create index model_webhooks_by_model on model_webhooks (model_id);

create table model_deliveries (
    id varchar(40) primary key,
    webhook_id varchar(32) not null references model_webhooks (id) on delete cascade,
    delivery_number bigint not null,
    event varchar(40) not null,
    body text not null,
    created_at timestamp with time zone not null,
    state varchar(12) not null,
    attempts integer not null,
    next_at timestamp with time zone,
    last_status varchar(1000) not null,
    constraint model_deliveries_number unique (webhook_id, delivery_number)
);
create index model_deliveries_by_state on model_deliveries (state, next_at);
