package io.benchtop.sdk.spark;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Spark inside this process, for small data: {@code var spark = LocalSpark.session();}.
 *
 * <p>It listens on this machine's own address only, with a secret, and has no web page; whoever builds a session by hand gets Spark's
 * defaults, which listen to the network.
 */
public final class LocalSpark {

    /** The same as benchtop/spark.py's and kernel-images/spark/spark-defaults.conf's; a test compares them. */
    static final Map<String, String> SETTINGS = Map.of(
            "spark.driver.host", "127.0.0.1",
            "spark.driver.bindAddress", "127.0.0.1",
            "spark.authenticate", "true",
            "spark.ui.enabled", "false",
            "spark.sql.shuffle.partitions", "8");

    private static final String LOG = "log4j2.configurationFile";

    private LocalSpark() {}

    /** The session of this process, made at the first call. */
    public static SparkSession session() {
        logWarningsOnly();
        var builder = SparkSession.builder().master("local[*]").appName("benchtop");
        SETTINGS.forEach(builder::config);
        return builder.getOrCreate();
    }

    /** Spark's own default is to tell a notebook whatever it does. Of no effect where somebody has chosen, or has logged, before. */
    private static void logWarningsOnly() {
        var ours = LocalSpark.class.getResource("log4j2.properties");
        if (ours != null && System.getProperty(LOG) == null && System.getenv("LOG4J_CONFIGURATION_FILE") == null) {
            System.setProperty(LOG, ours.toString());
        }
    }
}
