package org.carillon.template;

import java.nio.charset.StandardCharsets;

/**
 * What a route's default data coding means, and so what a text costs there (MSG-01, MSG-03, MSG-06): a character outside of it makes the whole
 * text UCS-2. A value that is passed along from the route, so that whoever counts and whoever encodes agree (MSG-04).
 */
public enum Alphabet {
    /** The default alphabet of GSM: units are septets. */
    GSM7(Gsm7.STANDARD, 160, 153),
    /** As GSM7, and ç leaves as 0x09, which handsets show as Ç. */
    GSM7_CEDILLA(Gsm7.CEDILLA, 160, 153),
    /** ISO 8859-1: units are octets. */
    LATIN1(null, 140, 134);

    private final Gsm7 table;
    private final int alone;
    private final int part;

    Alphabet(Gsm7 table, int alone, int part) {
        this.table = table;
        this.alone = alone;
        this.part = part;
    }

    /** Units in a text of one segment. */
    public int alone() { return alone; }

    /** Units in each segment of several, beside the header that joins them. */
    public int part() { return part; }

    /** Whether the default data coding means the same to both, so that what was counted in one can leave by the other. */
    public boolean reads(Alphabet other) { return (table == null) == (other.table == null); }

    public boolean encodable(int codePoint) {
        return table != null ? table.encodable(codePoint) : codePoint == '\n' || codePoint >= ' ' && codePoint <= '~' || codePoint >= 0xA0 && codePoint <= 0xFF;
    }

    public boolean encodable(String text) { return text.codePoints().allMatch(this::encodable); }

    /** Of an encodable character. */
    int units(int codePoint) { return table != null ? table.septets(codePoint) : 1; }

    /** As a handset shows the units; the reverse of {@link #encode}, but for ç as 0x09. */
    public String decode(byte[] units) { return table != null ? Gsm7.decode(units) : new String(units, StandardCharsets.ISO_8859_1); }

    /** One unit a byte. @throws IllegalArgumentException when the text holds a character that is not in the alphabet */
    public byte[] encode(String text) {
        if (table != null) {
            return table.encode(text);
        }
        if (!encodable(text)) {
            throw new IllegalArgumentException("not in Latin-1");
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
