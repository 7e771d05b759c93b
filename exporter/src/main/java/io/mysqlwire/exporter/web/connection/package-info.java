/** Connections within bounds: slow and hostile clients can't take the place of a scraper. */
@NullMarked
package io.mysqlwire.exporter.web.connection;

import org.jspecify.annotations.NullMarked;
