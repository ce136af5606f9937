/** Tables of PostgreSQL and MariaDB: addresses built from checked fields, sockets that check where they lead, transactions that only read. */
@NullMarked
package io.benchtop.service.connection.sql;

import org.jspecify.annotations.NullMarked;
