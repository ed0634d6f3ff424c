/** The executors in one process: sequential and threads. They host objects as a worker does, and skip protocol and transport. */
@NullMarked
package io.outrider.launcher.local;

import org.jspecify.annotations.NullMarked;
