/** Responses that are one line of text. */
@NullMarked
package io.mysqlwire.exporter.web.response;

import org.jspecify.annotations.NullMarked;
