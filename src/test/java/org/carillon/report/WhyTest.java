package org.carillon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Set;
import org.carillon.report.WhyList.Row;
import org.carillon.report.WhyList.Subject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why (not): one row for each rule. */
class WhyTest {

    private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");

    @ParameterizedTest(name = "{0}") @DisplayName("B-03: every notification of an order is explained, what happened from its row, what did not from the rules")
    @CsvSource(nullValues = "-", delimiter = '|', value = {

        "delivered                          | event  | yes yes yes | -1 no  | RELEASED -          | -  | -  | DELIVERED -          | READY - yes   | ok          | DELIVERED SENT MESSAGE NONE",
        "with the provider                  | event  | yes yes yes | -1 no  | RELEASED -          | -  | -  | ACCEPTED -           | READY - yes   | ok          | SENT SENT MESSAGE NONE",
        "in the queue                       | event  | yes yes yes | -1 no  | RELEASED -          | -  | -  | QUEUED -             | READY - yes   | ok          | PLANNED ON_ITS_WAY MESSAGE NONE",
        "failed                             | event  | yes yes yes | -1 no  | RELEASED -          | -  | -  | FAILED PERMANENT_REFUSAL | READY - yes | ok        | FAILED REASON MESSAGE NONE",
        "planned                            | event  | yes yes yes | -1 no  | PLANNED -           | 2  | 2  | -                    | READY - yes   | ok          | PLANNED PLANNED NONE NONE",
        "planned, waits for the opening     | event  | yes yes yes | -1 no  | PLANNED -           | 9  | 2  | -                    | READY - yes   | ok          | PLANNED PLANNED_MOVED NONE NONE",
        "planned, but nobody agreed         | event  | yes yes yes | -1 no  | PLANNED -           | 2  | 2  | -                    | READY - yes   | no-consent  | PLANNED PLANNED CUSTOMER NO_CONSENT",
        "planned, but no number             | event  | yes yes yes | -1 no  | PLANNED -           | 2  | 2  | -                    | READY - yes   | no-phone    | PLANNED PLANNED CUSTOMER NO_PHONE",
        "planned, but a landline            | event  | yes yes yes | -1 no  | PLANNED -           | 2  | 2  | -                    | READY - yes   | landline    | PLANNED PLANNED CUSTOMER UNREACHABLE",
        "refused: no consent                | event  | yes yes yes | -1 no  | SKIPPED NO_CONSENT  | -1 | -1 | -                    | READY - yes   | no-consent  | SKIPPED REASON CUSTOMER NONE",
        "held: a value is missing           | event  | yes yes yes | -1 no  | HELD MISSING_VALUE  | -1 | -1 | -                    | READY - yes   | ok          | HELD REASON CUSTOMER NONE",
        "held: nothing opens                | event  | yes yes yes | -1 no  | HELD NO_OPENING     | -1 | -1 | -                    | READY - yes   | ok          | HELD REASON LOCATION NONE",
        "superseded                         | event  | yes yes yes | -1 no  | SKIPPED SUPERSEDED  | -1 | -1 | -                    | READY - yes   | ok          | SKIPPED REASON NONE NONE",
        "no text for the channel, at the time | event | yes yes yes | -1 no | SKIPPED NO_TEXT_FOR_CHANNEL | -1 | -1 | -            | READY - yes   | ok          | SKIPPED REASON TEMPLATE NONE",
        "the lead had passed                | remind | yes yes yes | -  no  | SKIPPED LEAD_TIME_PASSED | -1 | -1 | -               | OPEN 2 yes    | ok          | SKIPPED REASON NOTIFICATION NONE",
        "switched off                       | event  | no yes yes  | -1 no  | - -                 | -  | -  | -                    | READY - yes   | ok          | SKIPPED SWITCHED_OFF NOTIFICATION NONE",
        "the location does not use it       | reach  | yes no yes  | -  no  | - -                 | -  | -  | -                    | READY - yes   | ok          | SKIPPED STATUS_UNUSED LOCATION NONE",
        "the template is silent             | event  | yes yes no  | -1 no  | - -                 | -  | -  | -                    | READY - yes   | ok          | SKIPPED NO_WORDS TEMPLATE NONE",
        "status never reached               | reach  | yes yes yes | -  no  | - -                 | -  | -  | -                    | OPEN - yes    | ok          | SKIPPED NEVER_REACHED NONE NONE",
        "status never reached, nor agreed   | reach  | yes yes yes | -  no  | - -                 | -  | -  | -                    | OPEN - yes    | no-consent  | SKIPPED NEVER_REACHED CUSTOMER NO_CONSENT",
        "never changed                      | change | yes yes yes | -  no  | - -                 | -  | -  | -                    | OPEN - yes    | ok          | SKIPPED NEVER_CHANGED NONE NONE",
        "due date never changed             | due    | yes yes yes | -  no  | - -                 | -  | -  | -                    | OPEN - yes    | ok          | SKIPPED DUE_NEVER_CHANGED NONE NONE",
        "recorded without messages          | event  | yes yes yes | -1 yes | - -                 | -  | -  | -                    | OPEN - yes    | ok          | SKIPPED SILENT NONE NONE",
        "it came later than the event       | event  | yes yes yes | -1 no  | - -                 | -  | -  | -                    | OPEN - yes    | no-consent  | SKIPPED NOT_THERE_THEN NONE NONE",
        "the order is closed                | remind | yes yes yes | -  no  | - -                 | -  | -  | -                    | CLOSED 2 yes  | ok          | SKIPPED CLOSED NONE NONE",
        "no due date                        | remind | yes yes yes | -  no  | - -                 | -  | -  | -                    | OPEN - yes    | ok          | SKIPPED NO_DUE_DATE NONE NONE",
        "its type has no due date           | remind | yes yes yes | -  no  | - -                 | -  | -  | -                    | OPEN - no     | no-consent  | SKIPPED TYPE_UNDATED TYPE NONE",
        "due already                        | remind | yes yes yes | -  no  | - -                 | -  | -  | -                    | OPEN -1 yes   | ok          | SKIPPED DUE_PASSED NONE NONE",
        "the moment was over                | remind | yes yes yes | -  no  | - -                 | -  | -1 | -                    | OPEN 3 yes    | ok          | SKIPPED DUE_PASSED NONE NONE",
        "about to be planned                | remind | yes yes yes | -  no  | - -                 | -  | 2  | -                    | OPEN 3 yes    | ok          | SKIPPED SOON NONE NONE",
        "its rules do not mean it so far    | rules  | yes yes yes | -  no  | - -                 | -  | -  | -                    | BOOKED - no   | ok          | SKIPPED NOT_MEANT AUTOMATION NONE",
        "nor did anybody agree              | rules  | yes yes yes | -  no  | - -                 | -  | -  | -                    | BOOKED - no   | no-consent  | SKIPPED NOT_MEANT CUSTOMER NO_CONSENT",
        "an automation that is paused       | rules  | no yes yes  | -  no  | - -                 | -  | -  | -                    | BOOKED - no   | ok          | SKIPPED SWITCHED_OFF AUTOMATION NONE",
        "its text was taken away            | rules  | yes yes yes | -  no  | SKIPPED NO_TEXT_FOR_CHANNEL | -1 | -1 | -            | BOOKED - no   | ok          | SKIPPED REASON AUTOMATION NONE",
        "rules called for it                | rules  | yes yes yes | -  no  | PLANNED -           | 2  | -  | -                    | BOOKED - no   | ok          | PLANNED PLANNED NONE NONE"})
    void explains(String name, String kind, String standing, String happened, String plan, Integer due, Integer first, String message, String order, String customer, String expected) {
        String[] s = standing.split(" +");
        String[] h = happened.split(" +");
        String[] p = plan.split(" +");
        String[] m = message == null ? new String[] {"-", "-"} : message.split(" +");
        String[] o = order.split(" +");
        Instant at = in(h[0]);
        Row row = new Row(1, false, "SMS", 1, "Prêt", kind.equals("remind"), kind.equals("event") ? "ORDER_CREATED" : kind.equals("due") ? "ORDER_SCHEDULED_TIME_CHANGED"
            : Set.of("rules", "remind").contains(kind) ? null : "ORDER_STATUS_CHANGED",
            kind.equals("reach") ? "READY" : null, null, yes(s[1]), 0, "MINUTES", false, false, yes(s[0]), yes(s[2]), at, yes(h[1]),
            p[0].equals("-") ? null : 1L, text(p[0]), text(p[1]), null, due == null ? null : in("" + due), NOW, first == null ? null : in("" + first),
            m[0].equals("-") ? null : 1L, text(m[0]), text(m[1]), NOW);
        Subject subject = new Subject(1, 1, "MTL", "America/Toronto", 1, "Sophie", o[0], o[1].equals("-") ? null : "2027-03-01T12:00", in(o[1]), yes(o[2]), new Words("", ""),
            !customer.equals("no-phone"), !customer.equals("no-phone") && !customer.equals("landline"), true, true, !customer.equals("no-consent"), true);
        Why why = Why.of(row, subject, NOW);
        assertEquals(expected.strip(), why.look() + " " + why.key() + " " + why.remedy() + " " + why.warning());
    }

    private static boolean yes(String word) { return word.equals("yes"); }

    private static String text(String word) { return word.equals("-") ? null : word; }

    private static Instant in(String hours) { return hours.equals("-") ? null : NOW.plusSeconds(3600L * Integer.parseInt(hours)); }
}
