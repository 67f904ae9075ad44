package org.carillon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The house of design.md section 2 as a test: which package may know which, and where each technology lives. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.carillon");

    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
        Map.entry("fact", Set.of()), Map.entry("shop", Set.of("fact")), Map.entry("customer", Set.of("shop", "fact")),
        Map.entry("repair", Set.of("customer", "shop", "fact")), Map.entry("booking", Set.of("repair", "customer", "shop", "fact")),
        Map.entry("billing", Set.of("repair", "customer", "shop", "fact")), Map.entry("template", Set.of("customer", "shop", "fact")),
        Map.entry("audience", Set.of("customer", "shop", "fact")), Map.entry("automation", Set.of("audience", "template", "customer", "shop", "fact")), Map.entry("delivery", Set.of("template", "customer", "shop", "fact")),
        Map.entry("delivery.smpp", Set.of("delivery", "template")), Map.entry("delivery.mail", Set.of("delivery", "template")), Map.entry("delivery.http", Set.of("delivery", "template")),
        Map.entry("alert", Set.of("delivery", "shop", "fact")),
        Map.entry("plan", Set.of("audience", "automation", "template", "delivery", "repair", "booking", "billing", "customer", "shop", "fact")), Map.entry("report", Set.of("shop", "fact")),
        Map.entry("conversation", Set.of("plan", "automation", "template", "delivery", "repair", "booking", "billing", "customer", "shop", "fact")),
        Map.entry("intake", Set.of("audience", "conversation", "plan", "automation", "template", "delivery", "repair", "booking", "billing", "customer", "shop", "fact", "report", "delivery.http")),
        Map.entry("job", Set.of("audience", "alert", "conversation", "plan", "automation", "template", "delivery", "delivery.smpp", "delivery.mail", "delivery.http", "repair", "booking", "billing", "customer", "shop", "fact", "report")),
        Map.entry("web", Set.of("audience", "alert", "conversation", "plan", "automation", "template", "delivery", "repair", "booking", "billing", "customer", "shop", "fact", "report")));

    /** The top package, or delivery's protocol; pages are all web. */
    private static String room(JavaClass type) {
        String name = type.getPackageName().replaceFirst("^org\\.carillon\\.?", "");
        return name.startsWith("delivery.") ? name : name.replaceFirst("\\..*", "");
    }

    @Test @DisplayName("design.md section 2: only the listed arrows")
    void knowsOnlyWhatItMay() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String from = room(type);
            assertTrue(ARROWS.containsKey(from), "no such package in the house: " + type.getPackageName());
            type.getDirectDependenciesFromSelf().stream().map(d -> d.getTargetClass().getBaseComponentType()).filter(t -> t.getPackageName().startsWith("org.carillon"))
                .map(ArchitectureTest::room).filter(to -> !to.equals(from) && !ARROWS.get(from).contains(to))
                // Channel, Purpose and Field types are the vocabulary of every text and gateway
                .filter(to -> !(from.startsWith("delivery.") && to.equals("fact")))
                .forEach(to -> wrong.add(type.getName() + " -> " + to));
        }
        assertEquals(Set.of(), wrong);
    }

    @Test void hasNoCycle() { slices().matching("org.carillon.(*)..").should().beFreeOfCycles().check(CLASSES); }

    @Test void keepsEachTechnologyInItsRoom() {
        only("jakarta.ws.rs..", "org.carillon.intake..");
        only("jakarta.faces..", "org.carillon.web..");
        only("org.primefaces..", "org.carillon.web..");
        only("jakarta.mail..", "org.carillon.delivery.mail..");
        only("org.jsmpp..", "org.carillon.delivery.smpp..");
        only("org.apache.hc..", "org.carillon.delivery.http..");
        only("jakarta.batch..", "org.carillon.job..", "org.carillon.feed..");
        only("org.flywaydb..", "org.carillon.job..");
    }

    @Test @DisplayName("design.md section 5: pages and REST ask desks and readers, and know no SQL")
    void keepsSqlBehindTheDesks() {
        noClasses().that().resideInAnyPackage("org.carillon.web..", "org.carillon.intake..").should().dependOnClassesThat()
            .resideInAnyPackage("org.jdbi..", "jakarta.persistence..").check(CLASSES);
        noClasses().that().resideInAPackage("org.carillon.web..").should().dependOnClassesThat()
            .haveFullyQualifiedName("org.carillon.template.Renderer").check(CLASSES);
    }

    @Test @DisplayName("SEC-01: the WAR does not depend on the server's own classes")
    void runsOnAnyServer() { noClasses().should().dependOnClassesThat().resideInAnyPackage("fish.payara..", "com.sun..", "org.glassfish..").check(CLASSES); }

    @Test @DisplayName("SEC-10: no expression evaluation but by the pages themselves")
    void evaluatesNoUserText() {
        noClasses().that().resideOutsideOfPackage("org.carillon.web..").should().dependOnClassesThat()
            .resideInAnyPackage("jakarta.el..", "javax.script..", "javax.naming..").check(CLASSES);
        noClasses().should().dependOnClassesThat().resideInAnyPackage("javax.script..").check(CLASSES);
    }

    @Test @DisplayName("One door: only plan creates a message to a customer, only alert one to staff (P-23), only job calls the dispatcher")
    void oneDoor() {
        noClasses().that().resideOutsideOfPackages("org.carillon.plan..", "org.carillon.delivery..").should().dependOnClassesThat()
            .haveFullyQualifiedName("org.carillon.delivery.NewMessage").check(CLASSES);
        noClasses().that().resideOutsideOfPackages("org.carillon.alert..", "org.carillon.delivery..").should().dependOnClassesThat()
            .haveFullyQualifiedName("org.carillon.delivery.StaffMail").check(CLASSES);
        noClasses().that().resideOutsideOfPackages("org.carillon.job..", "org.carillon.delivery..").should().dependOnClassesThat()
            .haveFullyQualifiedName("org.carillon.delivery.Dispatcher").check(CLASSES);
    }

    @Test @DisplayName("REL-41, REL-51: local time is computed in Java only, and by the application clock")
    void readsNoOtherClock() throws IOException {
        Pattern clocks = Pattern.compile("Instant\\.now\\(\\)|Local\\w+\\.now\\(\\)|ZonedDateTime\\.now\\(|systemDefault\\(|currentTimeMillis\\(|new Date\\(\\)|(?i)\\bat time zone\\b");
        Set<String> hits = new TreeSet<>();
        try (Stream<Path> files = Stream.concat(Files.walk(Path.of("src/main/java")), Files.walk(Path.of("db")))) {
            for (Path file : files.filter(f -> f.toString().matches(".*\\.(java|sql)")).toList()) {
                List<String> lines = Files.readAllLines(file);
                for (int n = 0; n < lines.size(); n++) {
                    String code = lines.get(n).replaceAll("^\\s*(\\*|//|--|/\\*).*", "");
                    if (clocks.matcher(code).find()) {
                        hits.add(file + ":" + (n + 1));
                    }
                }
            }
        }
        assertEquals(Set.of(), hits);
    }

    @Test void everyPackageSaysWhatItIs() throws IOException {
        try (Stream<Path> folders = Files.walk(Path.of("src/main/java/org/carillon")).filter(Files::isDirectory)) {
            Set<Path> silent = new TreeSet<>();
            for (Path folder : folders.filter(f -> !f.endsWith("org/carillon")).toList()) {
                try (Stream<Path> files = Files.list(folder)) {
                    if (files.anyMatch(f -> f.toString().endsWith(".java")) && !Files.exists(folder.resolve("package-info.java"))) {
                        silent.add(folder);
                    }
                }
            }
            assertEquals(Set.of(), silent);
        }
    }

    private static void only(String technology, String... rooms) {
        noClasses().that().resideOutsideOfPackages(rooms).should().dependOnClassesThat().resideInAPackage(technology).allowEmptyShould(true).check(CLASSES);
    }
}
