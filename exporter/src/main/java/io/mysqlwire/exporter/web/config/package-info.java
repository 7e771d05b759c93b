/** The file of {@code --web.config.file}: read strictly, with a place for every complaint. */
@NullMarked
package io.mysqlwire.exporter.web.config;

import org.jspecify.annotations.NullMarked;
