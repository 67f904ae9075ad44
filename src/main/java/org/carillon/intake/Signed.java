package org.carillon.intake;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A call of a provider, which has no token of ours: its signature is judged by the resource itself. */
@Retention(RetentionPolicy.RUNTIME) @Target(ElementType.METHOD)
@interface Signed { }
