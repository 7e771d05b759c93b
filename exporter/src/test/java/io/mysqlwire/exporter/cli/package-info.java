/** Tests of the command line, in this process and as a process of its own. */
@NullMarked
package io.mysqlwire.exporter.cli;

import org.jspecify.annotations.NullMarked;
