package io.benchtop.service.profile;

import java.time.InstantSource;

/**
 * Port: starts an image once, as a server of the profile would be started, and reads which jupyter_server and Python it has
 * and as whom it runs. May take as long as pulling the image takes.
 */
@FunctionalInterface
public interface ImageProbe {

    /**
     * @param image of the profile's, its own or one of its further ones
     * @param spec the profile's server, for where and with what it is to be started
     * @return what was found out; an image that does not come up is a verdict, not an exception
     */
    ImageCompatibility probe(ImageReference image, ServerSpec spec);

    /** For an installation that runs processes and no images. */
    static ImageProbe none(InstantSource clock) {
        return (image, _) -> ImageCompatibility.notProbed(
                image, clock.instant(), "Not probed: this installation runs processes, so images do not count here.");
    }
}
