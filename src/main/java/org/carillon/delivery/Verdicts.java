package org.carillon.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.carillon.fact.Invalid;

/**
 * What a provider's answer means (REL-18): (protocol, phase, code) to verdict, pure, from the rows of {@code verdicts/*.csv}. The first row that
 * fits decides, so a file reads from the particular to the general; where none fits, the verdict is TEMPORARY_FEW, so that no unknown code is
 * tried for ever.
 *
 * <p>Codes are {@code 0x0000000B} for SMPP and {@code 550 5.1.1} (the enhanced code where the server gave one) for SMTP, {@code 400 21211} (status
 * and the provider's own code) for HTTP, or one of the words below where no answer came.
 */
public final class Verdicts {

    /** The connection ended. */
    public static final String CUT = "CUT";
    /** No answer within the response timeout. */
    public static final String TIMEOUT = "TIMEOUT";
    /** We ended it ourselves, since the time in which a message may leave was over. */
    public static final String LATE = "LATE";
    /** The host's address is not one that may be called (SEC-11). */
    public static final String ADDRESS = "ADDRESS";
    /** A yes that cannot be believed: without an id, not in the protocol's form, or without end. */
    public static final String NONSENSE = "NONSENSE";
    /** The peer offers no TLS, or is not who it should be. */
    public static final String TLS = "TLS";

    public static final Verdicts STANDARD = new Verdicts(Stream.of(Protocol.values()).flatMap(p -> rows(p).stream()).toList());

    private record Row(Protocol protocol, String phase, String code, Verdict verdict) {

        boolean fits(Protocol p, Phase at, String given) {
            return p == protocol && (phase.equals("*") || phase.equals(at.name())) && Arrays.stream(given.split(" ")).anyMatch(this::fits);
        }

        /** A row's code is exact, a range {@code 0x400-0x4FF}, or has {@code x} for any figures ({@code 4xx}, {@code 5.7.x}). */
        private boolean fits(String given) {
            if (code.equals("*") || code.equals(given)) return true;
            if (given.startsWith("0x") && code.startsWith("0x")) {
                String[] ends = code.split("-");
                long value = Long.decode(given);
                return Long.decode(ends[0]) <= value && value <= Long.decode(ends[ends.length - 1]);
            }
            if (code.startsWith("0x") || code.indexOf('x') < 0) return false;
            return given.matches(code.replace(".", "\\.").replace("\\.x", "\\.\\d{1,3}").replace("x", "\\d"));
        }
    }

    private final List<Row> rows;

    private Verdicts(List<Row> rows) { this.rows = rows; }

    public Verdict judge(Protocol protocol, Phase phase, String code) {
        return rows.stream().filter(row -> row.fits(protocol, phase, code)).findFirst().map(Row::verdict).orElse(Verdict.TEMPORARY_FEW);
    }

    /** Whether an SMTP code blames what is sent or who sends it, and not the address: 5.7.x, and 554 where no enhanced code says otherwise (reliability.md 4.3). */
    public static boolean isPolicy(String code) {
        List<String> codes = List.of(code.split(" "));
        boolean enhanced = codes.stream().anyMatch(one -> one.matches("5\\.\\d{1,3}\\.\\d{1,3}"));
        return codes.stream().anyMatch(one -> one.matches("5\\.7\\.\\d{1,3}")) || codes.contains("554") && !enhanced;
    }

    /** An SMPP command_status as its code. */
    public static String code(int commandStatus) { return String.format(Locale.ROOT, "0x%08X", commandStatus); }

    /**
     * The same table with a route's own reading of some codes put first.
     *
     * @param overrides {@code code=VERDICT} pairs with commas between them, such as {@code 0x400=THROTTLE,0x410-0x41F=PERMANENT}; may be empty
     * @throws IllegalArgumentException where a pair names no verdict
     */
    public Verdicts overriddenBy(Protocol protocol, String overrides) {
        List<Row> all = new ArrayList<>();
        for (String pair : overrides.split(",")) {
            if (pair.isBlank()) continue;
            String[] sides = pair.split("=", 2);
            if (sides.length != 2) throw new IllegalArgumentException("a verdict is given as code=VERDICT: " + pair);
            all.add(new Row(protocol, "*", sides[0].strip(), Verdict.valueOf(sides[1].strip())));
        }
        all.addAll(rows);
        return new Verdicts(List.copyOf(all));
    }

    /** As {@link #overriddenBy} reads them. @throws Invalid about the field, with the pair that cannot be read or may not be */
    static void judgePairs(String field, Protocol protocol, String overrides) {
        for (String pair : overrides.split(",")) {
            if (pair.isBlank()) continue;
            String[] sides = pair.split("=", 2);
            String code = sides[0].strip();
            if (sides.length != 2 || !code.matches(protocol == Protocol.SMPP ? "0x[0-9A-Fa-f]{1,8}(-0x[0-9A-Fa-f]{1,8})?" : "[0-9x.]{1,12}")) {
                throw new Invalid(field, "route.verdict.code", pair.strip());
            }
            Verdict verdict = Stream.of(Verdict.values()).filter(v -> v.name().equals(sides[1].strip())).findFirst()
                .orElseThrow(() -> new Invalid(field, "route.verdict.unknown", code, sides[1].strip()));
            // what was taken is no matter of opinion
            if (verdict == Verdict.ACCEPTED || code.matches(protocol == Protocol.SMPP ? "0x0+(-.*)?" : "2[0-9x.]{2}|x.*")) {
                throw new Invalid(field, "route.verdict.never", code, verdict.name());
            }
        }
    }

    private static List<Row> rows(Protocol protocol) {
        String file = "/verdicts/" + protocol.name().toLowerCase(Locale.ROOT) + ".csv";
        try (InputStream in = Verdicts.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#")).skip(1)
                .map(line -> line.split(",", 4)).map(c -> new Row(protocol, c[0], c[1], Verdict.valueOf(c[2]))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
