"""Runs what a first Java cell runs, in the prepared environment, so that the JVM learns its classes."""

import ctypes
import signal
import sys
import time

from jupyter_client.manager import KernelManager

CELLS = (
    "1 + 1",
    'import java.util.stream.*; IntStream.range(0, 10).boxed().map(n -> "n" + n).collect(Collectors.joining(","))',
    'record Point(int x, int y) {}; System.out.println(new Point(1, 2)); System.out.printf("%.2f%n", Math.PI)',
    "var words = new java.util.TreeMap<String, Integer>();\n"
    'for (var word : "a b a".split(" ")) words.merge(word, 1, Integer::sum);\n'
    "words",
)


def end_with_parent() -> None:
    """Whoever is killed while this runs, no JVM stays behind (Linux)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


end_with_parent()
manager = KernelManager(kernel_name="java-training")
manager.start_kernel(preexec_fn=end_with_parent)
client = manager.client()
client.start_channels()
try:
    client.wait_for_ready(timeout=60)
    for cell in CELLS:
        reply = client.execute_interactive(cell, timeout=60, output_hook=lambda message: None)
        if reply["content"]["status"] != "ok":
            sys.exit(f"{cell} gave {reply['content']}")
finally:
    client.stop_channels()
    # Asked by message jjava stays for seconds; on this signal it ends at once and writes the archive.
    manager.signal_kernel(signal.SIGTERM)
    deadline = time.monotonic() + 60
    while manager.is_alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    manager.shutdown_kernel(now=True)
