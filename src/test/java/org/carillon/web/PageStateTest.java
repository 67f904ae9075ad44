package org.carillon.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Where sessions live on several nodes, a form may come back to another one than rendered it. The page bean arrives there as it was written: what is
 * injected must find itself again (the container's proxies do, a transient field would be null), and all else must be written at all.
 */
class PageStateTest {

    private static final Pattern BY_ITSELF = Pattern.compile("<p:(poll|remoteCommand)\\b[^>]*>");

    private final Set<String> wrong = new TreeSet<>();
    private final Set<Class<?>> seen = new HashSet<>();

    @Test @DisplayName("the state of every page can go on at another node")
    void goesOnElsewhere() {
        JavaClasses pages = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.carillon.web");
        List<? extends Class<?>> beans = pages.stream().filter(type -> type.isAnnotatedWith(ViewScoped.class)).map(type -> type.reflect()).toList();
        assertTrue(beans.size() > 20, "pages were found");
        beans.forEach(this::check);
        assertEquals(Set.of(), wrong);
    }

    @Test @DisplayName("what a page asks by itself takes no answer to a person off the screen: the list of answers is not drawn anew")
    void leavesAnswersAlone() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/webapp"))) {
            List<MatchResult> asks = files.filter(file -> file.toString().endsWith(".xhtml")).flatMap(file -> BY_ITSELF.matcher(read(file)).results()).toList();
            assertTrue(asks.size() > 5, "requests were found");
            assertEquals(List.of(), asks.stream().map(MatchResult::group).filter(tag -> !tag.contains("ignoreAutoUpdate=\"true\"")).toList());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(Class<?> type) {
        if (!seen.add(type) || !type.getName().startsWith("org.carillon")) {
            return;
        }
        if (!Serializable.class.isAssignableFrom(type) && !type.isInterface()) {
            wrong.add(type.getName() + " cannot be written");
        }
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
                continue;
            }
            boolean skipped = Modifier.isTransient(field.getModifiers());
            if (field.isAnnotationPresent(Inject.class)) {
                if (skipped || Stream.of(ApplicationScoped.class, RequestScoped.class, ViewScoped.class).noneMatch(field.getType()::isAnnotationPresent)) {
                    wrong.add(type.getName() + "." + field.getName() + " is injected and would not be there again");
                }
            } else if (skipped && Modifier.isFinal(field.getModifiers())) {
                wrong.add(type.getName() + "." + field.getName() + " is final and would stay null");
            } else if (!skipped) {
                check(type.getName() + "." + field.getName(), field.getGenericType());
            }
        }
    }

    private void check(String name, Type type) {
        if (type instanceof ParameterizedType of) {
            check(name, of.getRawType());
            for (Type argument : of.getActualTypeArguments()) {
                check(name, argument);
            }
        } else if (type instanceof WildcardType any) {
            check(name, any.getUpperBounds()[0]);
        } else if (type instanceof Class<?> plain) {
            if (!plain.isPrimitive() && !Serializable.class.isAssignableFrom(plain) && !Collection.class.isAssignableFrom(plain) && !Map.class.isAssignableFrom(plain)) {
                wrong.add(name + " is of " + plain.getName() + ", which cannot be written");
            } else {
                check(plain);
            }
        }
    }
}
