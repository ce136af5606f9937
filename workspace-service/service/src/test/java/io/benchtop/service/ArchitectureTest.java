package io.benchtop.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps the rules of docs/architecture.md: ranks of features, leaf adapters, no cycles, injected time, honest names. */
class ArchitectureTest {

    private static final String ROOT = "io.benchtop.service";

    /** Lowest first; a package may import packages of lower ranks only. */
    private static final List<List<String>> RANKS = List.of(
            List.of("problem", "kubernetes"),
            List.of("audit"),
            List.of("change", "lease", "table"),
            List.of("identity"),
            List.of("connection"),
            List.of("profile", "dataset", "experiment"),
            List.of("spawn", "model", "trial"),
            List.of("workspace"),
            List.of("endpoint"),
            List.of("abtest"),
            List.of("http"),
            List.of("wiring"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void theImportFindsTheClasses() {
        // An ArchUnit that cannot read the class version imports nothing and passes every rule.
        assertThat(CLASSES).hasSizeGreaterThan(15);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void featuresImportOnlyLowerRanks() {
        for (int rank = 0; rank < RANKS.size(); rank++) {
            String[] higher = RANKS.stream()
                    .skip(rank + 1L)
                    .flatMap(List::stream)
                    .map(name -> ROOT + "." + name + "..")
                    .toArray(String[]::new);
            if (higher.length == 0) {
                continue;
            }
            for (String name : RANKS.get(rank)) {
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + "." + name + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(higher)
                        .allowEmptyShould(true)
                        .check(CLASSES);
            }
        }
    }

    @Test
    void featuresKnowNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".problem..",
                        ROOT + ".audit",
                        ROOT + ".change",
                        ROOT + ".lease",
                        ROOT + ".table",
                        ROOT + ".identity",
                        ROOT + ".connection",
                        ROOT + ".dataset",
                        ROOT + ".profile",
                        ROOT + ".experiment",
                        ROOT + ".model",
                        ROOT + ".model.walk",
                        ROOT + ".spawn",
                        ROOT + ".spawn.policycheck",
                        ROOT + ".trial",
                        ROOT + ".workspace",
                        ROOT + ".endpoint",
                        ROOT + ".abtest")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.micronaut..",
                        "org.jdbi..",
                        "java.sql..",
                        "io.fabric8..",
                        "io.jsonwebtoken..",
                        "org.apache.arrow..",
                        "dev.hardwood..",
                        "software.amazon..")
                .check(CLASSES);
    }

    @Test
    void onlyWiringSeesAdapters() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".wiring..",
                        ROOT + ".*.jdbc..",
                        ROOT + ".*.csv..",
                        ROOT + ".*.json..",
                        ROOT + ".*.parquet..",
                        ROOT + ".*.arrow..",
                        ROOT + ".*.s3..",
                        ROOT + ".*.sql..",
                        ROOT + ".*.local..",
                        ROOT + ".endpoint.http..",
                        ROOT + ".model.http..",
                        ROOT + "..kubernetes..",
                        ROOT + ".*.jwt..",
                        ROOT + ".*.oidc..",
                        ROOT + ".*.bcrypt..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".*.jdbc..",
                        ROOT + ".*.csv..",
                        ROOT + ".*.json..",
                        ROOT + ".*.parquet..",
                        ROOT + ".*.arrow..",
                        ROOT + ".*.s3..",
                        ROOT + ".*.sql..",
                        ROOT + ".*.local..",
                        ROOT + ".endpoint.http..",
                        ROOT + ".model.http..",
                        ROOT + "..kubernetes..",
                        ROOT + ".*.jwt..",
                        ROOT + ".*.oidc..",
                        ROOT + ".*.bcrypt..")
                .check(CLASSES);
    }

    @Test
    void theKubernetesClientStaysInItsAdapters() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "..kubernetes..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(CLASSES);
    }

    @Test
    void timeIsInjected() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".wiring..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Impl")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .check(CLASSES);
    }

    @Test
    void nothingIsInjectedIntoFieldsAndNoStaticFieldChanges() {
        fields().should().notBeAnnotatedWith("jakarta.inject.Inject").check(CLASSES);
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .haveSimpleNameNotStartingWith("$")
                .should()
                .beFinal()
                .check(CLASSES);
        methods().should().notHaveName("getInstance").check(CLASSES);
    }
}
