package io.benchtop.service.http.page;

import io.benchtop.api.profile.ProfileGpu;
import io.benchtop.api.profile.Resources;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server gets, in words. */
final class ResourceWords {

    private ResourceWords() {}

    /** "8 GiB memory, 2 CPUs, 1 nvidia.com/gpu, 512 processes". */
    static String of(Resources resources, @Nullable ProfileGpu gpu) {
        List<String> words = new ArrayList<>();
        Long memory = resources.memoryBytes();
        Double cpus = resources.cpus();
        Integer processes = resources.processes();
        if (memory != null) {
            words.add(HumaneBytes.text(memory) + " memory");
        }
        if (cpus != null) {
            words.add(AmountText.ofDecimal(cpus) + (cpus == 1 ? " CPU" : " CPUs"));
        }
        if (gpu != null) {
            words.add(gpu.count() + " × " + gpu.resource());
        }
        if (processes != null) {
            words.add(processes + " processes");
        }
        return words.isEmpty() ? "no limits" : String.join(", ", words);
    }
}
