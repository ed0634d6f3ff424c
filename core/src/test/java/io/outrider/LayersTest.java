package io.outrider;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The layers of core: each uses only those before it. */
class LayersTest {
    /** From the bottom up. */
    static final List<String> LAYERS = List.of(
            "error",
            "telemetry",
            "model",
            "api",
            "config",
            "contract",
            "marshal",
            "transport",
            "protocol",
            "stub",
            "loan",
            "stream",
            "engine");

    private static JavaClasses core;

    @BeforeAll
    static void importCore() {
        core = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("io.outrider");
    }

    @ParameterizedTest
    @FieldSource("LAYERS")
    void aLayerUsesOnlyThoseBeforeIt(String layer) {
        String[] itselfAndBefore = packages(LAYERS.subList(0, LAYERS.indexOf(layer) + 1));
        classes()
                .that()
                .resideInAPackage("io.outrider." + layer + "..")
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage("io.outrider..").or(resideInAnyPackage(itselfAndBefore)))
                .because("the layers are " + String.join(" < ", LAYERS))
                .allowEmptyShould(true)
                .check(core);
    }

    @Test
    void everyClassBelongsToALayer() {
        classes()
                .should()
                .resideInAnyPackage(packages(LAYERS))
                .allowEmptyShould(true)
                .check(core);
    }

    private static String[] packages(List<String> layers) {
        return layers.stream().map(layer -> "io.outrider." + layer + "..").toArray(String[]::new);
    }
}
