package io.snorky.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void it_knows_no_test_framework_and_no_feature() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.snorky",
                        "io.snorky.json",
                        "io.snorky.testkit",
                        "io.snorky.transport",
                        "java..",
                        "org.jspecify..",
                        "tools.jackson..")
                .check(
                        new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("io.snorky.testkit"));
    }
}
