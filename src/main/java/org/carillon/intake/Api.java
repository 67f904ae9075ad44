package org.carillon.intake;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The REST interface for shop systems. Published at {@code /openapi} from {@code META-INF/openapi.yaml}. */
@ApplicationPath(Api.PATH)
public class Api extends Application {

    static final String PATH = "api/v1";

    /** No WADL: one description of the interface is enough. */
    @Override public Map<String, Object> getProperties() { return Map.of("jersey.config.server.wadl.disableWadl", true); }
}
