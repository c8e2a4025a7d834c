package io.snorky.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

/** The arrows between packages: command line → server → core, and none back. */
class ArchitectureTest {

    private static final JavaClasses ALL = allOfSnorky();

    private static final String CORE_ROOT = "io.snorky";
    private static final String SERVER = "io.snorky.server..";
    private static final String COMMAND_LINE = "io.snorky.server.cli..";
    private static final String[] ENDPOINTS = {
        "io.snorky.server.websocket..",
        "io.snorky.server.sockjs..",
        "io.snorky.server.backend..",
        "io.snorky.server.files..",
        "io.snorky.server.sync.."
    };

    private static JavaClasses allOfSnorky() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false); // names will do
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.snorky");
    }

    @Test
    void core_knows_neither_the_server_nor_Netty() {
        noClasses()
                .that()
                .resideInAPackage("io.snorky..")
                .and()
                .resideOutsideOfPackage(SERVER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SERVER, "io.netty..")
                .check(ALL);
    }

    @Test
    void nobody_knows_the_command_line() {
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND_LINE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(COMMAND_LINE)
                .check(ALL);
    }

    @Test
    void the_command_line_is_plain_use_of_the_server() {
        noClasses()
                .that()
                .resideInAPackage(COMMAND_LINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", "io.netty..", "io.snorky.server.http..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(ENDPOINTS)
                .check(ALL);
    }

    @Test
    void HTTP_and_transport_know_nothing_that_is_built_on_them() {
        noClasses()
                .that()
                .resideInAnyPackage("io.snorky.server.http..", "io.snorky.server.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ENDPOINTS)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("io.snorky.server")
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage("io.snorky.server.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.snorky.server.http..")
                .check(ALL);
    }

    @Test
    void endpoints_do_not_know_each_other() {
        slices().matching("io.snorky.server.(websocket|backend|files|sync)..")
                .should()
                .notDependOnEachOther()
                .check(ALL);
        slices().matching("io.snorky.server.(sockjs|backend|files|sync)..")
                .should()
                .notDependOnEachOther()
                .check(ALL);
    }

    @Test
    void SockJS_is_built_on_WebSocket_which_does_not_know_it() {
        noClasses()
                .that()
                .resideInAPackage("io.snorky.server.websocket..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.snorky.server.sockjs..")
                .check(ALL);
    }

    @Test
    void what_carries_messages_knows_no_service() {
        noClasses()
                .that()
                .resideInAPackage("io.snorky.server..")
                .and()
                .resideOutsideOfPackage(COMMAND_LINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.snorky.rpc..", "io.snorky.pubsub..", "io.snorky.datasync..")
                .check(ALL);
    }

    @Test
    void the_server_needs_these_libraries_and_no_others() {
        classes()
                .that()
                .resideInAPackage(SERVER)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        CORE_ROOT + "..",
                        "java..",
                        "javax.crypto..",
                        "javax.net..",
                        "io.micrometer..",
                        "io.netty..",
                        "org.jctools..",
                        "org.jose4j..",
                        "org.jspecify..",
                        "org.snakeyaml..",
                        "tools.jackson..")
                .check(ALL);
    }
}
