package io.mysqlwire.exporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void shouldEscapeText() {
    assertThat(new Html().element("td class=x", "<b>\"o'neil\"\\&</b>").toString())
        .isEqualTo("<td class=x>&lt;b&gt;&quot;o&#39;neil&quot;\\&amp;&lt;/b&gt;</td>");
  }

  @Test
  void shouldShowCharactersThatHide() {
    assertThat(new Html().text("ro\u202Eot\u0000\n\u200Bé😀").toString())
        .isEqualTo("ro\uFFFDot\uFFFD\uFFFD\uFFFDé😀");
  }
}
