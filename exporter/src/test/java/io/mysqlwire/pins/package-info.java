/** Programs that go on counting without us: load, serve, unload, and what serve may not do. */
@NullMarked
package io.mysqlwire.pins;

import org.jspecify.annotations.NullMarked;
