package io.benchtop.modelserver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps the ranks of the packages, and which of them knows which library. */
class ArchitectureTest {

    private static final String ROOT = "io.benchtop.modelserver";

    /** Lowest first; a package may import packages of lower ranks only. */
    private static final List<String> RANKS = List.of(
            "protocol",
            "codec",
            "store",
            "engine",
            "payload",
            "onnx",
            "torchscript",
            "admin",
            "rest",
            "grpc",
            "check",
            "fetch");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/wire/"))
            .importPackages(ROOT);

    @Test
    void theImportFindsTheClasses() {
        assertThat(CLASSES).hasSizeGreaterThan(60);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void packagesImportOnlyLowerRanks() {
        for (int rank = 0; rank < RANKS.size() - 1; rank++) {
            String[] higher = RANKS.stream()
                    .skip(rank + 1L)
                    .map(name -> ROOT + "." + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + RANKS.get(rank) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(higher)
                    .check(CLASSES);
        }
    }

    @Test
    void onlyTheAdaptersKnowTheirLibraries() {
        only("onnx", "ai.onnxruntime..");
        only("torchscript", "ai.djl..");
        only("rest", "io.netty.channel..", "io.netty.handler..", "io.netty.bootstrap..");
        only("grpc", "io.grpc..", "com.google.protobuf..");
        only("admin", "io.prometheus..", "com.sun.net.httpserver..");
        only("fetch", "java.net.http..");
        only("codec", "com.fasterxml..");
    }

    private static void only(String name, String... libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(CLASSES);
    }

    @Test
    void noStaticFieldChanges() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }
}
