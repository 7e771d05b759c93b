/**
 * The command line: flags with their environment variables, what is wrong with them, and commands.
 */
@NullMarked
package io.mysqlwire.exporter.cli;

import org.jspecify.annotations.NullMarked;
