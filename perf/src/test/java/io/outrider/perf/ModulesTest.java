package io.outrider.perf;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds across modules; this module is the one whose class path has them all. */
class ModulesTest {
    private static final String CHRONICLE = "net.openhft..";
    private static final String IPC = "io.outrider.ipc..";
    private static final String WORKER = "io.outrider.worker..";
    private static final String LAUNCHER = "io.outrider.launcher..";
    /** The entry class, which the launcher brings; and the managers, which it brings too and which know what workers know. */
    private static final String ENTRY = "io.outrider";

    private static final String MANAGER = "io.outrider.manager..";

    /** Of the launcher too: who starts them and who attaches to them. */
    private static final String ACTOR = "io.outrider.actor..";

    private static final String PERF = "io.outrider.perf..";
    private static final String TESTKIT = "io.outrider.testkit..";

    private static final DescribedPredicate<JavaClass> CORE = not(resideInAnyPackage(
                    ENTRY, MANAGER, ACTOR, IPC, WORKER, LAUNCHER, PERF, TESTKIT))
            .as("are in core");

    /** Settings and a console are for the command line, demonstrations, benchmarks, test tools and *Properties classes. */
    private static final DescribedPredicate<JavaClass> INSIDE = not(resideInAnyPackage(
                            "..cli..", "..demo..", PERF, TESTKIT)
                    .or(simpleNameEndingWith("Properties")))
            .as("are neither a command line nor a demonstration, benchmark, test tool or *Properties class");

    private static final DescribedPredicate<JavaAccess<?>> SETTINGS = member(
                    "java.lang.System", "(get|set|clear)Propert(y|ies)|getenv")
            .or(member("java.lang.Boolean", "getBoolean"))
            .or(member("java.lang.Integer", "getInteger"))
            .or(member("java.lang.Long", "getLong"))
            .as("a system property or the environment");

    private static final DescribedPredicate<JavaAccess<?>> CONSOLE = member("java.lang.System", "out|err")
            .or(member("java.lang.Throwable", "printStackTrace"))
            .as("the console");

    private static JavaClasses modules;

    @BeforeAll
    static void importModules() {
        modules = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("io.outrider");
    }

    @Test
    void coreKnowsNoOtherModuleAndNoChronicle() {
        noClasses()
                .that(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CHRONICLE, MANAGER, ACTOR, IPC, WORKER, LAUNCHER, PERF, TESTKIT)
                .allowEmptyShould(true)
                .check(modules);
    }

    @Test
    void ipcDoesNotSeeTheWorker() {
        mustNotSee(IPC, WORKER, LAUNCHER, PERF, TESTKIT);
    }

    @Test
    void workerDoesNotSeeIpc() {
        mustNotSee(WORKER, CHRONICLE, IPC, LAUNCHER, MANAGER, ACTOR, PERF, TESTKIT);
    }

    @Test
    void launcherLeavesChronicleToIpc() {
        mustNotSee(LAUNCHER, CHRONICLE, PERF, TESTKIT);
        mustNotSee(ACTOR, CHRONICLE, PERF, TESTKIT);
    }

    @Test
    void managersUseTheExecutorAsUsersDo() {
        mustNotSee(MANAGER, CHRONICLE, IPC, LAUNCHER, PERF, TESTKIT);
    }

    @Test
    void testkitSeesCoreAlone() {
        mustNotSee(TESTKIT, CHRONICLE, IPC, WORKER, LAUNCHER, PERF);
    }

    @Test
    void settingsAreReadInOneClass() {
        check(noClasses().that(INSIDE).should().accessTargetWhere(SETTINGS));
    }

    /** And the class from which a worker is halted: nothing else tells its last words to the launcher, which keeps its stderr. */
    @Test
    void onlyACommandLinePrints() {
        check(noClasses()
                .that(INSIDE)
                .and()
                .doNotHaveSimpleName("WorkerExit")
                .should()
                .accessTargetWhere(CONSOLE));
    }

    @Test
    void noStaticFieldChanges() {
        check(fields().that().areStatic().should().beFinal());
    }

    /** Calls, method references and reads alike. */
    private static DescribedPredicate<JavaAccess<?>> member(String owner, String name) {
        return targetOwner(assignableTo(owner)).and(target(nameMatching(name)));
    }

    private static void mustNotSee(String module, String... others) {
        check(noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(modules);
    }
}
