/** Another Snug that answers in place of workers here: models there, pages and accounts here. */
@NullMarked
package dev.snug.server.upstream;

import org.jspecify.annotations.NullMarked;
