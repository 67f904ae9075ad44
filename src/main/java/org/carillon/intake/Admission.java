package org.carillon.intake;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/** Refuses a call that the token does not allow, and every call that does not say what it needs. What is {@link Signed} needs none. */
@Provider @Priority(Priorities.AUTHORIZATION) @ApplicationScoped
public class Admission implements ContainerRequestFilter {

    @Context
    private ResourceInfo resource;
    @Inject
    private Caller caller;

    @Override
    public void filter(ContainerRequestContext context) {
        if (resource.getResourceMethod() != null && resource.getResourceMethod().isAnnotationPresent(Signed.class)) {
            return;
        }
        if (caller.identity() == null) {
            context.abortWith(Problem.of(401, null).answer(context.getAcceptableLanguages()));
            return;
        }
        Needs needs = resource.getResourceMethod() == null ? null : resource.getResourceMethod().getAnnotation(Needs.class);
        if (needs == null || !caller.identity().may(needs.value())) {
            context.abortWith(Problem.of(403, null, needs == null ? "" : needs.value()).answer(context.getAcceptableLanguages()));
        }
    }
}
