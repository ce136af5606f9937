package io.benchtop.proxy.serving;

/** Who keeps connections to model-servers. */
public interface TargetListener {

    /** No call will be sent to it any more; those in progress may end. Called on the feed's thread. */
    void targetRetired(ModelTarget target);
}
