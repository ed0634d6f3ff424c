package io.outrider.actor;

import io.outrider.error.AuthenticationException;
import io.outrider.stub.Proxies;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The main class of a process that nobody's launcher started: attaches to one actor, by what it reads from its standard input, and
 * meets another one through it. Says what comes of that, and waits in a call until it is killed.
 */
final class Outsider {
    private Outsider() {}

    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        String address = in.readLine();
        String alias = in.readLine();
        ActorSecret secret = secret(in.readLine());
        Actor<Clerk> actor = Actors.connect(Clerk.class, address, secret, alias);
        Clerk clerk = actor.stub();
        Clerk.Note note = clerk.note(); // a reference by the name that the actor's worker has for itself
        System.out.println("by one link: " + Proxies.addressOf(note).equals(address));
        System.out.println(note.read());

        Clerk friend = clerk.pick("friend");
        try {
            System.out.println(friend.echo("a stranger"));
        } catch (AuthenticationException refused) {
            System.out.println("not without its secret");
        }
        try (Actor<Clerk> known = Actors.connect(Clerk.class, Proxies.addressOf(friend), secret(in.readLine()))) {
            System.out.println(friend.echo("known by " + known.stub().pid()));
        }
        actor.requestShutdown();
        System.out.println("shutdown");
        note.hold();
    }

    private static ActorSecret secret(String hex) {
        return ActorSecret.of(HexFormat.of().parseHex(hex));
    }
}
