package io.benchtop.service.trial;

/**
 * The mixture sequential probability ratio test of Johari, Pekelis and Walsh ("Always valid inference"): how much more likely the
 * estimate is if the effect is drawn from a normal distribution around zero than if there is none. Under no effect the ratio is a
 * martingale of mean 1, so that it <em>ever</em> reaches 1/alpha with a probability of at most alpha (Ville): it holds at every look,
 * however many there are.
 *
 * <p>For an estimate d whose variance is V, and a mixture of variance T, the ratio is
 * {@code √(V/(V+T)) · exp(T d² / (2 V (V+T)))}. Rates are normal only nearly; a caller waits for some conversions.
 *
 * @param deviation of the mixture: of the size of the effects that matter, which is where the test is quickest; it is valid with any
 */
record Mixture(double deviation) {

    Mixture {
        if (!(deviation > 0)) {
            throw new IllegalArgumentException("not a deviation: " + deviation);
        }
    }

    /** Of no effect; at most 1. */
    double pValue(double estimate, double variance) {
        if (variance == 0) {
            return estimate == 0 ? 1 : 0;
        }
        double all = variance + spread();
        double evidence = Math.log(variance / all) / 2 + spread() * estimate * estimate / (2 * variance * all);
        return Math.min(1, Math.exp(-evidence));
    }

    /** Half the length of the interval of the effects whose p-value is at least alpha. */
    double reach(double error, double alpha) {
        double variance = error * error;
        if (variance == 0) {
            return 0;
        }
        double all = variance + spread();
        return Math.sqrt(variance * all / spread() * (Math.log(all / variance) - 2 * Math.log(alpha)));
    }

    private double spread() {
        return deviation * deviation;
    }
}
