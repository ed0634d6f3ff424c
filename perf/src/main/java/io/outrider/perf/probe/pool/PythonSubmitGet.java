package io.outrider.perf.probe.pool;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The same with Python's {@code ProcessPoolExecutor}; no figure where there is no {@code python3}. */
record PythonSubmitGet() implements Probe {
    private static final int FULL_TASKS = 10_000;
    private static final int QUICK_TASKS = 2_000;
    private static final int LIMIT_S = 120;
    private static final String SCRIPT = """
            import sys, time
            from concurrent.futures import ProcessPoolExecutor
            def answer(index, value):
                return value + index
            if __name__ == '__main__':
                tasks = int(sys.argv[1])
                with ProcessPoolExecutor(max_workers=1) as pool:
                    for _ in range(2):
                        samples = []
                        for i in range(tasks):
                            begun = time.perf_counter_ns()
                            pool.submit(answer, i, float(i)).result()
                            samples.append(time.perf_counter_ns() - begun)
                samples.sort()
                print(samples[tasks // 2])
            """;

    @Override
    public String name() {
        return "python.processpool.submit.get";
    }

    @Override
    public Group group() {
        return Group.POOL;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws IOException, InterruptedException {
        final Path script = Files.writeString(rig.directory().resolve("pool.py"), SCRIPT);
        final Path output = rig.directory().resolve("pool.out");
        final Process python;
        try {
            python = new ProcessBuilder("python3", script.toString(), String.valueOf(quick ? QUICK_TASKS : FULL_TASKS))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (final IOException absent) { // nothing to compare with on this machine
            return List.of();
        }
        if (!python.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
            python.destroyForcibly();
            throw new IOException("python3 did not end within " + LIMIT_S + " s");
        }
        final String printed = Files.readString(output).strip();
        if (python.exitValue() != 0) {
            throw new IOException("python3 failed: " + printed);
        }
        return List.of(new Figure(name(), "ns", Double.parseDouble(printed)));
    }
}
