/** What people give the program to read: files that may change, and times as Go writes them. */
@NullMarked
package io.mysqlwire.exporter.input;

import org.jspecify.annotations.NullMarked;
