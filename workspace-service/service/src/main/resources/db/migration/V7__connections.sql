-- Where data lies outside. settings is the JSON of the wire; secret is sealed with a key that is not in this database, and empty if
-- there is none. The same text runs on H2 (PostgreSQL mode) and PostgreSQL.

create table connections (
    name varchar(40) primary key,
    owner varchar(32) not null references users (name),
    description varchar(1000) not null,
    kind varchar(16) not null,
    settings varchar(8000) not null,
    secret varchar(24000) not null
);
