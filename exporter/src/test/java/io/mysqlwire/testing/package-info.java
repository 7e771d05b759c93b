/**
 * Real servers for tests and the demo, and a witness that records what travels between them and
 * their clients. {@link io.mysqlwire.testing.EmbeddedServer} runs a server; {@link
 * io.mysqlwire.testing.Recording} collects the conversations of drivers that use the witness'
 * sockets; {@link io.mysqlwire.testing.ConversationDecoder} counts what was said in them.
 */
@NullMarked
package io.mysqlwire.testing;

import org.jspecify.annotations.NullMarked;
