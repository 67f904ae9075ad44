package org.carillon.template;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.fact.Purpose;
import org.jdbi.v3.core.Jdbi;

/** Refuses, by name, a text that could not be sent: its placeholders, its length where it needs least, and what an offer has to say. */
final class TemplateCritic {

    private final Templates templates;
    private final FieldCatalogue fields;
    private final Jdbi jdbi;
    private final Alphabets alphabets;
    private final Longest longest;

    TemplateCritic(Templates templates, FieldCatalogue fields, Jdbi jdbi, Alphabets alphabets) {
        this.templates = templates;
        this.fields = fields;
        this.jdbi = jdbi;
        this.alphabets = alphabets;
        this.longest = new Longest(jdbi);
    }

    /** @throws Invalid about the field that is wrong */
    void judge(TemplateDraft draft) {
        if (draft.name() == null || draft.name().isBlank()) {
            throw new Invalid("name", "required");
        }
        if (templates.named(draft.name().strip(), draft.id())) {
            throw new Invalid("name", "template.taken", draft.name().strip());
        }
        judgeTexts(draft);
    }

    /** All but the name. @throws Invalid about the field that is wrong */
    void judgeTexts(TemplateDraft draft) {
        if (draft.translations().values().stream().allMatch(t -> t.sms().isBlank() && t.body().isBlank())) {
            throw new Invalid("text", "template.empty");
        }
        if (draft.purpose() == Purpose.MARKETING) {
            judgeIdentity(draft);
        }
        int most = longest.of(draft.purpose());
        for (Map.Entry<String, Translation> entry : draft.translations().entrySet()) {
            Translation t = entry.getValue();
            judge(entry.getKey() + ".sms", t.sms());
            judge(entry.getKey() + ".subject", t.subject());
            judge(entry.getKey() + ".body", t.body());
            if (!t.body().isBlank() && t.subject().isBlank()) {
                throw new Invalid(entry.getKey() + ".subject", "template.subject");
            }
            if (t.subject().matches("(?s).*[\\r\\n].*")) {
                throw new Invalid(entry.getKey() + ".subject", "template.subjectLine");
            }
            int segments = t.sms().isBlank() ? 0 : segments(t.sms(), entry.getKey(), draft);
            if (segments > most) {
                throw new Invalid(entry.getKey() + ".sms", "template.tooLong", segments, most);
            }
        }
    }

    private record Wire(SmsMode mode, Alphabet alphabet, Imprint imprint) { }

    private static final String IMPRINT = "coalesce(co.name, '') shop, coalesce(co.postal_address, '') address, coalesce(co.offer_contact, '') contact, coalesce(co.stop_number, '') stop";

    private static Imprint imprint(ResultSet r, boolean answerable) throws SQLException {
        return new Imprint(r.getString("shop"), r.getString("address"), r.getString("contact"), r.getString("stop"), answerable);
    }

    /** An offer says who writes and how to stop (LAW-06, LAW-07): what the company has not entered yet is named. */
    private void judgeIdentity(TemplateDraft draft) {
        boolean sms = draft.translations().values().stream().anyMatch(t -> t.speaks(Channel.SMS));
        Imprint imprint = jdbi.withHandle(h -> h.createQuery("select " + IMPRINT + ", not exists (select from location where active and sms_sender ~ '[A-Za-z]') answerable "
            + "from (select 1) one left join company co on true").map((r, c) -> imprint(r, r.getBoolean("answerable"))).one());
        imprint.lacks(sms ? Channel.SMS : Channel.EMAIL).stream().findFirst().ifPresent(missing -> {
            throw new Invalid("purpose", "template.offer." + missing);
        });
    }

    /** As it leaves where it needs least, of the modes and routes that our locations use (MSG-02); of values nothing is known yet, and the renderer counts again. */
    private int segments(String sms, String language, TemplateDraft draft) {
        TemplateText text = TemplateText.parse(sms);
        boolean signed = draft.purpose() == Purpose.MARKETING || draft.signature() != null && draft.signature() != Signature.NEVER;
        List<Wire> wires = jdbi.withHandle(h -> h.createQuery("select l.id, l.sms_mode, l.sms_sender, " + IMPRINT + " from location l left join company co on true where l.active")
            .map((r, c) -> new Wire(SmsMode.valueOf(r.getString("sms_mode")), alphabets.of(r.getLong("id")), imprint(r, !r.getString("sms_sender").matches(".*[A-Za-z].*")))).list());
        return (wires.isEmpty() ? Stream.of(new Wire(SmsMode.TYPO, alphabets.of(null), new Imprint("", "", "", "", true))) : wires.stream().distinct())
            .mapToInt(wire -> SmsText.of(signed ? signed(text, wire.imprint(), language) : text.literals(), wire.mode(), wire.alphabet()).segments()).min().orElseThrow();
    }

    private static String signed(TemplateText text, Imprint imprint, String language) {
        String said = text.literals() + (text.fields().contains("company.name") ? " " + imprint.shop() : "");
        return imprint.on(text, said, Channel.SMS, language).literals();
    }

    private void judge(String field, String text) {
        for (TemplateText.Problem problem : TemplateText.parse(text).lint(fields.codes())) {
            if (problem.refused()) {
                throw new Invalid(field, "template." + problem.kind() + (problem.kind() == TemplateText.Kind.UNKNOWN_FIELD && problem.nearest().isEmpty() ? ".alone" : ""),
                    problem.found(), problem.nearest());
            }
        }
    }
}
