package org.carillon.web;

import jakarta.el.ELContext;
import jakarta.el.ELException;
import jakarta.el.ELResolver;
import jakarta.el.PropertyNotWritableException;
import java.lang.reflect.RecordComponent;

/** Lets pages read a record's components as properties ({@code #{row.name}}); Expression Language 5 does not know records. */
public class RecordResolver extends ELResolver {

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
        RecordComponent component = component(base, property);
        if (component == null) {
            return null;
        }
        context.setPropertyResolved(base, property);
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(base);
        } catch (ReflectiveOperationException e) {
            throw new ELException(e);
        }
    }

    @Override
    public Class<?> getType(ELContext context, Object base, Object property) {
        RecordComponent component = component(base, property);
        if (component == null) {
            return null;
        }
        context.setPropertyResolved(base, property);
        return null;
    }

    @Override
    public void setValue(ELContext context, Object base, Object property, Object value) {
        if (component(base, property) != null) {
            throw new PropertyNotWritableException(property + " of a record");
        }
    }

    @Override
    public boolean isReadOnly(ELContext context, Object base, Object property) {
        if (component(base, property) == null) {
            return false;
        }
        context.setPropertyResolved(base, property);
        return true;
    }

    @Override public Class<?> getCommonPropertyType(ELContext context, Object base) { return base instanceof Record ? String.class : null; }

    private static RecordComponent component(Object base, Object property) {
        if (base instanceof Record && property != null) {
            for (RecordComponent component : base.getClass().getRecordComponents()) {
                if (component.getName().equals(property.toString())) {
                    return component;
                }
            }
        }
        return null;
    }
}
