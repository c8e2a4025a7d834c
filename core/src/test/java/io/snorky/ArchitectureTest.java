package io.snorky;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String[] FEATURES = {
        "io.snorky.chat",
        "io.snorky.cursors",
        "io.snorky.datasync",
        "io.snorky.identity",
        "io.snorky.messaging",
        "io.snorky.pubsub",
        "io.snorky.sync"
    };

    private static final JavaClasses CORE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.snorky");

    @Test
    void core_depends_on_a_JSON_library_and_nothing_else() {
        classes()
                .that()
                .doNotHaveFullyQualifiedName("io.snorky.sync.JakartaValidation") // if it is there
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.snorky..", "java..", "tools.jackson..", "org.jspecify..")
                .check(CORE);
    }

    @Test
    void features_do_not_know_each_other() {
        slices().matching("io.snorky.(chat|cursors|datasync|identity|messaging|pubsub|sync)..")
                .should()
                .notDependOnEachOther()
                .check(CORE);
    }

    @Test
    void the_ground_floor_knows_no_feature() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.snorky", "io.snorky.json", "io.snorky.schema", "io.snorky.transport")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.snorky.rpc")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(FEATURES)
                .check(CORE);
        noClasses()
                .that()
                .resideInAPackage("io.snorky.rpc")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FEATURES)
                .check(CORE);
    }

    @Test
    void logs_know_nobody() {
        classes()
                .that()
                .resideInAPackage("io.snorky.log")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.snorky.log", "java..", "org.jspecify..")
                .check(CORE);
    }

    @Test
    void JSON_knows_nobody() {
        noClasses()
                .that()
                .resideInAPackage("io.snorky.json")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.snorky", "io.snorky.transport")
                .check(CORE);
    }
}
