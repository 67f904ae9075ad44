package org.carillon.intake;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.carillon.shop.ApiToken.Access;

/** What a token must allow for this call. A call that does not say is refused to everybody. */
@Retention(RetentionPolicy.RUNTIME) @Target(ElementType.METHOD)
@interface Needs {

    Access value();
}
