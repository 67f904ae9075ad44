package org.carillon.intake;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body has at most 1 MB (SEC-31), whatever length it claims. */
@Provider @Priority(Priorities.ENTITY_CODER) @ApplicationScoped
public class BodyLimit implements ContainerRequestFilter {

    static final int BYTES = 1 << 20;

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        if (context.getLength() > BYTES) {
            // a caller that is still writing would see a broken connection instead of the answer
            context.getEntityStream().skip(8L * BYTES);
            throw new TooLarge();
        }
        if (context.hasEntity()) {
            context.setEntityStream(new Counted(context.getEntityStream()));
        }
    }

    private static final class Counted extends FilterInputStream {

        private long left = BYTES;

        private Counted(InputStream in) { super(in); }

        @Override public int read() throws IOException { return count(super.read(), 1); }

        @Override public int read(byte[] bytes, int from, int most) throws IOException {
            int read = super.read(bytes, from, most);
            return count(read, read);
        }

        private int count(int result, int bytes) {
            if (result >= 0 && (left -= bytes) < 0) {
                throw new TooLarge();
            }
            return result;
        }
    }
}
