/** The exporter in service: kernel tap, collectors and web pages wired together. */
@NullMarked
package io.mysqlwire.exporter.service;

import org.jspecify.annotations.NullMarked;
