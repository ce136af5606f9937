package io.benchtop.sdk.notebook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/** A kernel that writes down what it is given to run, or refuses it. */
final class FakeKernel extends BaseKernel {

    final List<String> evaluated = new ArrayList<>();
    private final boolean broken;

    FakeKernel(boolean broken) {
        super(
                "fake",
                "1",
                new LanguageInfo.Builder("java").build(),
                List.of(),
                null,
                new JupyterIO(StandardCharsets.UTF_8),
                new CommManager(),
                new Renderer(),
                null,
                new MagicsRegistry(),
                false,
                new StringStyler.Builder().build());
        this.broken = broken;
    }

    @Override
    public Object evalRaw(String code) {
        if (broken) {
            throw new NoSuchMethodError("as of another kernel version");
        }
        evaluated.add(code);
        return null;
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extended) {
        return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return null;
    }

    @Override
    public String isComplete(String code) {
        return IS_COMPLETE_YES;
    }
}
