package org.carillon.template;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carillon.fact.Channel;
import org.carillon.fact.Invalid;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** Which notifications send a template, and what it therefore cannot lose. */
final class TemplateUses {

    /** Of an automation {@code a} at a location {@code l}. */
    private static final String IN_QUEBEC = "(l.region = 'QC' or a.everywhere and exists (select from location q where q.region = 'QC' and q.active))";

    private final Jdbi jdbi;

    TemplateUses(Jdbi jdbi) { this.jdbi = jdbi; }

    /** @param location null: a notification of the whole company */
    record Use(Long location, String name, long count) { }

    static String named(List<Use> uses) { return uses.stream().map(use -> use.name() + " (" + use.count() + ")").collect(Collectors.joining(", ")); }

    /** By notifications on one of these channels. */
    List<Use> of(long id, Channel... channels) { return of(id, "true", channels); }

    private List<Use> of(long id, String where, Channel... channels) {
        return jdbi.withHandle(h -> h.createQuery("select l.id \"location\", coalesce(l.name, co.name, '') \"name\", count(*) \"count\" from automation a "
            + "left join automation_location al on al.automation_id = a.id left join location l on l.id = al.location_id left join company co on true "
            + "where a.template_id = :id and not a.deleted and string_to_array(a.channels, ',') && :channels and " + where + " group by l.id, coalesce(l.name, co.name, '') order by 2").bind("id", id)
            .bindArray("channels", String.class, Stream.of(channels).map(Channel::name).toList())
            .map(ConstructorMapper.of(Use.class)).list());
    }

    /** A channel that notifications use keeps a text: without one they would skip everybody. Blames the language that has it now. */
    void judge(Template template, TemplateDraft draft) {
        for (Channel channel : Channel.values()) {
            if (template.speaks(channel) && draft.translations().values().stream().noneMatch(t -> t.speaks(channel))) {
                List<Use> uses = of(draft.id(), channel);
                if (!uses.isEmpty()) {
                    String language = template.translations().entrySet().stream().filter(e -> e.getValue().speaks(channel)).map(Map.Entry::getKey)
                        .max(Comparator.naturalOrder()).orElseThrow();
                    throw new Invalid(language + (channel == Channel.SMS ? ".sms" : ".body"), "template.needed." + channel, named(uses));
                }
            }
        }
        judgeFrench(draft);
    }

    /** LAW-22: what a location in Québec sends is there in French. */
    private void judgeFrench(TemplateDraft draft) {
        for (Channel channel : Channel.values()) {
            Translation french = draft.translations().get("fr");
            if (draft.id() != null && (french == null || !french.speaks(channel))) {
                List<Use> uses = of(draft.id(), IN_QUEBEC, channel);
                if (!uses.isEmpty()) {
                    throw new Invalid("fr" + (channel == Channel.SMS ? ".sms" : ".body"), "template.french." + channel, named(uses));
                }
            }
        }
    }
}
