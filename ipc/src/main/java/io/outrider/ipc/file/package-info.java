/** Files of shared memory: allocated before they are mapped, private to their user, unmapped by their one owner. */
@NullMarked
package io.outrider.ipc.file;

import org.jspecify.annotations.NullMarked;
