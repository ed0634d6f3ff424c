/**
 * The control link: Unix-domain sockets beside the shared memory, for what is rare and must be certain.
 *
 * <pre>
 *   launcher                                        worker
 *      | ------- fork, token on stdin ---------------&gt; |
 *      | &lt;------ HELLO (control), token -------------- |   uid and token are checked before anything else is read
 *      | ------- WELCOME ----------------------------&gt; |   version, link, limits, digests, initializer
 *      | &lt;------ HELLO (doorbell), token ------------- |   or REFUSED, with both values
 *      | &lt;------ READY ------------------------------- |   or FAILED, with what the initializer threw
 *      |                     ...                       |
 *      | ------- SHUTDOWN ---------------------------&gt; |
 *      |         end of file = the peer died           |   in both directions
 * </pre>
 *
 * A worker has two connections. On the <i>control</i> connection go messages, and its end of file is the notice of death. On
 * the <i>doorbell</i> go single bytes that wake a parked reader. Every channel is non-blocking: a thread that is interrupted
 * closes a channel only while it blocks in it, and user threads, which ring, are interrupted at will.
 *
 * <p>A process that attaches later, as a client, will come to the same listener with a role of its own and answer an HMAC
 * challenge in place of the token, which only a forked worker can have been given on its stdin.
 */
@NullMarked
package io.outrider.protocol.control;

import org.jspecify.annotations.NullMarked;
