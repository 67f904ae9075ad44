package org.carillon.report;

import org.carillon.fact.SearchText;

/** What was typed into a search box, as a LIKE pattern over search texts; a telephone number in any spelling is looked for by its digits. */
final class Asked {

    private Asked() { }

    /** Null where nothing was asked. */
    static String pattern(String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        String digits = typed.replaceAll("\\D", "");
        boolean number = digits.length() >= 4 && typed.strip().matches("[+()0-9 .\u00A0-]+") && !typed.strip().matches("\\d+-\\d+");
        return SearchText.pattern(number ? digits : typed);
    }
}
