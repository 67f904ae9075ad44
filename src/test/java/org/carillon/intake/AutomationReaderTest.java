package org.carillon.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carillon.automation.AudienceDraft;
import org.carillon.automation.AutomationReader;
import org.carillon.automation.Schedule;
import org.carillon.customer.CustomerFields;
import org.carillon.fact.Channel;
import org.carillon.fact.FieldCatalogue;
import org.carillon.fact.Invalid;
import org.carillon.shop.Location;
import org.carillon.shop.Locations;
import org.carillon.shop.Scope;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B-45: an automation that comes as a file tells all that is wrong at once, by property, and keeps the rest")
class AutomationReaderTest {

    private final AutomationReader reader = new AutomationIntake(null, new Locations() {
        @Override public Optional<Location> find(Scope scope, String code) { return Optional.empty(); }
    }, new FieldCatalogue(new CustomerFields().fields()));
    private final List<Invalid> wrong = new ArrayList<>();

    private AudienceDraft read(String json) { return reader.read(Scope.everything(), json.replace('\'', '"'), wrong::add); }

    private List<String> told() { return wrong.stream().map(w -> w.field() + " " + w.key()).toList(); }

    @Test void readsWhatExportSaves() {
        AudienceDraft draft = read("{'name':'Merci','state':'ACTIVE','kind':'REVIEW','groups':[[{'field':'customer.name','operator':'contains','value':'a'}]],'schedule':{'every':'DAY','at':'10:00',"
            + "'days':['MON']},'locations':'*','channels':['SMS'],'marketing':false,'dropPastMidnight':true,'texts':{'fr':{'sms':'Merci','subject':'','body':''}}}");
        assertEquals(List.of(), told());
        assertEquals("Merci REVIEW true [SMS] true", draft.name() + " " + draft.kind() + " " + draft.everywhere() + " " + draft.channels() + " " + draft.dropPastMidnight());
        assertEquals(new Schedule.Daily(LocalTime.of(10, 0), Set.of(java.time.DayOfWeek.MONDAY)), draft.schedule());
        assertEquals("customer.name", draft.audience().groups().get(0).get(0).field());
        assertNull(draft.id());
    }

    @Test void tellsAllThatIsWrongAndKeepsTheRest() {
        AudienceDraft draft = read("{'name':5,'kind':'FOO','groups':{},'schedule':{'every':'DAY','at':'25:00'},'locations':['MTL','PAR'],'channels':['SMS','FAX'],'marketing':'no','texts':{'fr':{'sms':[]}},"
            + "'state':'GONE','colour':'red'}");
        assertEquals(List.of("state choice.unknown", "name json.type.text", "kind choice.unknown", "groups json.type.array", "schedule.at hours.badTime", "location location.unknown",
            "location location.unknown", "channels choice.unknown", "marketing json.type.boolean", "texts.fr.sms json.type.text", "colour json.unknown"), told());
        assertEquals(Set.of(Channel.SMS), draft.channels());
    }

    @Test void saysWhereTheTextIsNoJson() {
        read("{'name':'Merci'");
        read("");
        read("[]");
        assertEquals(List.of("null json.syntax", "null json.syntax", "null json.type.object"), told());
    }
}
