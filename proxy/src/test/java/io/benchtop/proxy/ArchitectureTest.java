package io.benchtop.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Keeps what the README says of the packages: their ranks, which of them knows which library, and who is public. */
class ArchitectureTest {

    private static final String ROOT = "io.benchtop.proxy";

    /** Lowest first; a package may import packages of lower ranks only. */
    private static final List<String> RANKS =
            List.of("http", "control", "routing", "auth", "admin", "serving", "grpc", "relay");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void theImportFindsTheClasses() {
        // An ArchUnit that cannot read the class version imports nothing and passes every rule.
        assertThat(CLASSES).hasSizeGreaterThan(40);
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrderElementsOf(List.of(
                        ROOT,
                        ROOT + ".http",
                        ROOT + ".control",
                        ROOT + ".routing",
                        ROOT + ".auth",
                        ROOT + ".admin",
                        ROOT + ".serving",
                        ROOT + ".grpc",
                        ROOT + ".relay"));
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
    void onlyTheRelayTalksToTheNetworkWithNetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".relay..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..")
                .check(CLASSES);
    }

    @Test
    void onlyControlCallsTheServiceOnlyShadowsCallModelServersAndOnlyAdminServes() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".control..")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".serving.Shadows")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.HttpURLConnection")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".admin..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.net.httpserver..")
                .check(CLASSES);
    }

    @Test
    void onlyGrpcKnowsGrpc() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".grpc..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..")
                .check(CLASSES);
    }

    @Test
    void timeIsInjected() {
        noClasses()
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
    void noStaticFieldChangesOrHoldsWhatDoes() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
        fields().that()
                .areStatic()
                .should(new ArchCondition<>("hold nothing that collects") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        JavaClass type = field.getRawType();
                        boolean collects = type.isAssignableTo("java.util.concurrent.ConcurrentMap")
                                || type.getPackageName().equals("java.util.concurrent.atomic");
                        events.add(new SimpleConditionEvent(field, !collects, field.getDescription()));
                    }
                })
                .check(CLASSES);
    }

    @Test
    void aTypeIsPublicOnlyWhenAnotherPackageUsesIt() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .should(new ArchCondition<>("be used by another package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean used = type.getDirectDependenciesToSelf().stream()
                                .anyMatch(use ->
                                        !use.getOriginClass().getPackageName().equals(type.getPackageName()));
                        boolean entry = type.getSimpleName().equals("Main");
                        events.add(new SimpleConditionEvent(type, used || entry, type.getName()));
                    }
                })
                .check(CLASSES);
    }
}
