package org.carillon.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Looks after the locations that are due: ends, raises, mails. Safe to run on any number of nodes at once; what fails is tried again in a minute. */
@ApplicationScoped
public class AlertRound {

    private static final Logger LOG = System.getLogger(AlertRound.class.getName());

    private final AlertStep step;
    private final AlertPost post;

    protected AlertRound() { this(null, null); }

    @Inject
    public AlertRound(AlertStep step, AlertPost post) {
        this.step = step;
        this.post = post;
    }

    public void run() {
        try {
            post.holds();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "staff could not be told that offers are held; trying again", e);
        }
        AlertStep.Round round = step.begin();
        if (round.places().isEmpty()) {
            return;
        }
        step.end(round);
        boolean more = step.raise(round);
        while (more) {
            more = step.raise(round);
        }
        for (long place : round.places()) {
            try {
                post.mail(place);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "the alerts of location " + place + " could not be mailed; trying again", e);
            }
        }
    }
}
