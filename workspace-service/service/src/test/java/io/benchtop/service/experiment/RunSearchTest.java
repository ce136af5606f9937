package io.benchtop.service.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.benchtop.service.experiment.RunCondition.Absent;
import io.benchtop.service.experiment.RunCondition.Comparison;
import io.benchtop.service.experiment.RunCondition.Membership;
import io.benchtop.service.experiment.RunCondition.Numeral;
import io.benchtop.service.experiment.RunCondition.Operator;
import io.benchtop.service.experiment.RunCondition.Text;
import io.benchtop.service.experiment.RunField.Attribute;
import io.benchtop.service.experiment.RunField.OfDataset;
import io.benchtop.service.experiment.RunField.OfMetric;
import io.benchtop.service.experiment.RunField.OfParam;
import io.benchtop.service.experiment.RunField.OfTag;
import io.benchtop.service.problem.ProblemException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunSearchTest {

    static Stream<Arguments> searches() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of(
                        "metrics.accuracy > 0.9",
                        List.of(new Comparison(new OfMetric("accuracy"), Operator.GREATER, new Numeral(0.9)))),
                Arguments.of(
                        "metric.`val loss`<=-1e-3",
                        List.of(new Comparison(new OfMetric("val loss"), Operator.LESS_OR_EQUAL, new Numeral(-0.001)))),
                Arguments.of(
                        "params.\"model type\" = 'tree' and tags.mlflow.source.name LIKE '%.ipynb'",
                        List.of(
                                new Comparison(new OfParam("model type"), Operator.EQUAL, new Text("tree")),
                                new Comparison(new OfTag("mlflow.source.name"), Operator.LIKE, new Text("%.ipynb")))),
                Arguments.of(
                        "attributes.run_id NOT IN ('a', 'b') AND status != \"FAILED\"",
                        List.of(
                                new Membership(Attribute.RUN_ID, false, List.of("a", "b")),
                                new Comparison(Attribute.STATUS, Operator.UNEQUAL, new Text("FAILED")))),
                Arguments.of("params.lr IS NULL", List.of(new Absent(new OfParam("lr"), true))),
                Arguments.of("tags.a is not null", List.of(new Absent(new OfTag("a"), false))),
                Arguments.of(
                        "dataset.name ILIKE 'ORDERS%'",
                        List.of(new Comparison(OfDataset.NAME, Operator.ILIKE, new Text("ORDERS%")))),
                Arguments.of(
                        "datasets.context IN ('training', 'test')",
                        List.of(new Membership(OfDataset.CONTEXT, true, List.of("training", "test")))),
                Arguments.of(
                        "start_time >= 1700000000000",
                        List.of(new Comparison(
                                Attribute.START_TIME, Operator.GREATER_OR_EQUAL, new Numeral(1_700_000_000_000.0)))),
                Arguments.of("params.x = 'x'' or ''1''=''1'", null));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void readsWhatMlflowWrites(String filter, List<RunCondition> expected) {
        if (expected == null) {
            assertThatThrownBy(() -> RunSearch.conditions(filter)).isInstanceOf(ProblemException.class);
        } else {
            assertThat(RunSearch.conditions(filter)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "metrics.a > 'x';must be a number",
                "metrics.a > 1 or metrics.b > 2;joined by AND",
                "params.a = 1;text in quotation marks",
                "params.a > 'b';= != LIKE and ILIKE only",
                "metrics.a LIKE '1%';not compared with patterns",
                "metrics.a;ends where a comparison",
                "metrics.a >;ends where a value",
                "colour = 'red';what can be searched",
                "attributes.colour = 'red';what can be searched",
                "params.a = 'open;quotation mark missing",
                "metrics.a IS NULL;for nothing else",
                "metrics.a IN ('1');IN asks whether",
                "run_id IN ('a' 'b');a list ends with )",
                "run_id NOT LIKE 'a';NOT can only stand before IN",
                "metrics. = 1;stands in backticks",
                "a drop table experiment_runs;what can be searched"
            })
    void refusesEverythingElseWithThePlaceAndWhatToDo(String filter, String words) {
        assertThatThrownBy(() -> RunSearch.conditions(filter))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("filter: at character ")
                .hasMessageContaining(words);
    }

    @Test
    void readsOrders() {
        assertThat(RunSearch.order("metrics.loss DESC")).isEqualTo(new RunOrder(new OfMetric("loss"), true));
        assertThat(RunSearch.order("start_time")).isEqualTo(new RunOrder(Attribute.START_TIME, false));
        assertThat(RunSearch.order("params.`a b` asc")).isEqualTo(new RunOrder(new OfParam("a b"), false));
        assertThatThrownBy(() -> RunSearch.order("metrics.loss DESC, metrics.b"))
                .hasMessageContaining("order_by: at character 18: \",\": only ASC or DESC");
    }
}
