package org.carillon.shop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.fact.Invalid;

/** Which passwords are taken: 12 to 256 characters, none that everybody tries first, none made of the person's own name (SEC-14). */
public final class PasswordRule {

    public static final int SHORTEST = 12;
    public static final int LONGEST = 256;
    private static final Set<String> COMMON = common();

    private PasswordRule() { }

    /** Throws a {@link Invalid} that names the field and the remedy. */
    public static void check(String field, String password, String email, String name) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            throw new Invalid(field, "password.short", SHORTEST);
        }
        if (length > LONGEST) {
            throw new Invalid(field, "password.long", LONGEST);
        }
        String plain = plain(password);
        if (COMMON.contains(plain) || plain.chars().distinct().count() < 4) {
            throw new Invalid(field, "password.common");
        }
        if (plain.equals(plain(email)) || plain.replace(" ", "").equals(plain(name).replace(" ", "")) || plain.equals(plain(email.split("@")[0]))) {
            throw new Invalid(field, "password.own");
        }
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
    }

    private static Set<String> common() {
        try (BufferedReader file = new BufferedReader(new InputStreamReader(
                PasswordRule.class.getResourceAsStream("/org/carillon/shop/common-passwords.txt"), StandardCharsets.UTF_8))) {
            return file.lines().filter(line -> !line.isBlank()).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
