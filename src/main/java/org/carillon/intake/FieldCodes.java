package org.carillon.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import org.carillon.fact.Field;
import org.carillon.fact.FieldCatalogue;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Writes into the published description what rules can ask and texts can name, as the catalogue has it: a new field is one entry there (law 3). What a
 * shop defines itself has a pattern only, as it changes while nodes run.
 */
public class FieldCodes implements OASFilter {

    static final String OWN = "^(customer|appointment)\\.meta_[a-z0-9_]+$";
    private static volatile List<String> asked = List.of();
    private static volatile List<String> said = List.of();

    /** The server makes the filter itself, where nothing is injected; so the catalogue is handed over at the start. */
    @ApplicationScoped
    public static class HandOver {

        void atStart(@Observes @Initialized(ApplicationScoped.class) Object start, FieldCatalogue catalogue) {
            asked = catalogue.asked().stream().map(Field::code).sorted().toList();
            said = catalogue.fixed().stream().map(Field::code).sorted().toList();
        }
    }

    @Override public void filterOpenAPI(OpenAPI api) {
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        schemas.get("Rule").getProperties().get("field").setAnyOf(List.of(OASFactory.createSchema().type(SchemaType.STRING).enumeration(List.copyOf(asked)),
            OASFactory.createSchema().type(SchemaType.STRING).pattern(OWN).description("An attribute of the shop's own")));
        schemas.get("Words").setDescription("Texts may name {" + String.join("}, {", said) + "} and the shop's own {customer.meta_CODE} and {appointment.meta_CODE}; "
            + "with | and words for where there is no value. A brace is doubled.");
    }
}
