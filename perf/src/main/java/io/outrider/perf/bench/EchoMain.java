package io.outrider.perf.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The far side's JVM: answers until its standard input ends, and says on request what it has allocated. */
public final class EchoMain {
    static final String READY = "ready";
    static final String ALLOCATED = "allocated";
    /** Before the directory of the line. */
    static final String LINE = "line ";

    private EchoMain() {}

    /**
     * Runs the far side of a peer.
     *
     * @param args the peer's name and the directory of the round
     * @throws Exception if it can't be started
     */
    public static void main(final String[] args) throws Exception {
        ((EchoPeer) Contenders.named(args[0])).serve(Path.of(args[1]));
        System.out.println(READY);
        final BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String request = requests.readLine();
        while (request != null) {
            System.out.println(answer(request));
            request = requests.readLine();
        }
        Runtime.getRuntime().halt(0); // nothing of this JVM is worth an orderly end
    }

    private static String answer(final String request) throws IOException {
        if (!request.startsWith(LINE)) {
            return Long.toString(Allocation.ofOtherThreads());
        }
        final CacheLine line = CacheLine.open(Path.of(request.substring(LINE.length())));
        final Thread thread = new Thread(line::answer, "line");
        thread.setDaemon(true);
        thread.start();
        return READY;
    }
}
