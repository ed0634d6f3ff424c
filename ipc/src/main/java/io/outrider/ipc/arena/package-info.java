/** Blocks of shared memory for what a frame can't carry: the layout, the allocator of one side, and the arena over both. */
@NullMarked
package io.outrider.ipc.arena;

import org.jspecify.annotations.NullMarked;
