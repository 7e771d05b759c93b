/**
 * The status page as a person sees it: a real Chromium looks at a real exporter. {@link
 * io.mysqlwire.browser.Chromium} runs the browser; {@link io.mysqlwire.browser.Tab} is one of its
 * pages, driven over the DevTools protocol.
 */
@NullMarked
package io.mysqlwire.browser;

import org.jspecify.annotations.NullMarked;
