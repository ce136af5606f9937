package io.benchtop.service;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Sources of data for the browser tests, in a process of their own: the same 300 orders in a PostgreSQL, in a MariaDB and, in two
 * partitions, in a bucket of an S3 server that checks signatures. Says as one line of JSON where they are, and ends when its
 * standard input does.
 */
final class TestingSources {

    private static final int ORDERS = 300;
    private static final List<String> CITIES = List.of("Bern", "Graz", "Ulm");
    private static final String COLUMNS =
            "id bigint, day date, city varchar(20), pieces integer, minutes double precision";

    private TestingSources() {}

    /** @param arguments a folder for the bucket; the password that all sources have is the first line of standard input */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String password = input.readLine();
        Map<String, Object> told = Map.of(
                "postgresql", postgresql(password), "mariadb", mariaDb(password), "s3", bucket(folder, password));
        System.out.println(new Gson().toJson(told));
        while (input.readLine() != null) {
            // Nothing more is said to it.
        }
        System.exit(0);
    }

    private static Map<String, Object> postgresql(String password) throws IOException, SQLException {
        TestingPostgres server =
                TestingPostgres.start(TestingPostgres.programs().orElseThrow());
        String url = server.url("postgres");
        try (Connection connection = DriverManager.getConnection(url, TestingPostgres.USER, "")) {
            fill(
                    connection,
                    "create role reader login password '" + password + "'",
                    "grant select on orders to reader");
        }
        return Map.of(
                "port",
                URI.create(url.substring("jdbc:".length())).getPort(),
                "database",
                "postgres",
                "user",
                "reader");
    }

    private static Map<String, Object> mariaDb(String password) throws SQLException {
        TestingMariaDb server = TestingMariaDb.shared();
        String database = server.freshDatabase();
        server.execute("", "set password for '" + TestingMariaDb.USER + "'@'%' = password('" + password + "')");
        String url = "jdbc:mariadb://127.0.0.1:" + server.port() + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, TestingMariaDb.USER, password)) {
            fill(connection);
        }
        return Map.of("port", server.port(), "database", database, "user", TestingMariaDb.USER);
    }

    private static void fill(Connection connection, String... afterwards) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table orders (" + COLUMNS + ")");
            for (String each : afterwards) {
                statement.execute(each);
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into orders values (?, ?, ?, ?, ?)")) {
            for (int id = 1; id <= ORDERS; id++) {
                insert.setLong(1, id);
                insert.setDate(2, Date.valueOf(day(id)));
                insert.setString(3, city(id));
                insert.setInt(4, pieces(id));
                insert.setDouble(5, minutes(id));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static LocalDate day(int id) {
        return LocalDate.of(2025, 12, 1).plusDays(id / 5);
    }

    private static String city(int id) {
        return CITIES.get(id % CITIES.size());
    }

    private static int pieces(int id) {
        return 1 + id * 7 % 10;
    }

    private static double minutes(int id) {
        return 3 + 0.75 * pieces(id);
    }

    private static Map<String, Object> bucket(Path folder, String password) throws Exception {
        TestingStore store = TestingStore.start(folder, password);
        store.createBucket("lake");
        for (int year = 2025; year <= 2026; year++) {
            StringBuilder csv = new StringBuilder("id,day,city,pieces,minutes\n");
            for (int id = 1; id <= ORDERS; id++) {
                if (day(id).getYear() == year) {
                    csv.append("%d,%s,%s,%d,%s\n".formatted(id, day(id), city(id), pieces(id), minutes(id)));
                }
            }
            store.put("lake", "orders/year=" + year + "/orders.csv", csv.toString());
        }
        return Map.of("port", store.port(), "bucket", "lake", "accessKeyId", TestingStore.KEY);
    }
}
