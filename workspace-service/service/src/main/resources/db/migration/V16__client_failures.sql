-- How many of a client's requests were let in and failed all the same.

alter table endpoint_clients add column failures bigint default 0 not null;
