package io.mysqlwire.exporter.web;

/** HTML under construction; text goes in escaped, markup does not. */
final class Html {
  private final StringBuilder html = new StringBuilder(4096);

  Html markup(String markup) {
    html.append(markup);
    return this;
  }

  /** Appends text that may come from anywhere, a user name of a login packet for one. */
  Html text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> html.append("&amp;");
        case '<' -> html.append("&lt;");
        case '>' -> html.append("&gt;");
        case '"' -> html.append("&quot;");
        case '\'' -> html.append("&#39;");
        default -> html.append(c);
      }
    }
    return this;
  }

  /** Appends a row of a table, its first cell as the row's heading. */
  Html row(String heading, String... cells) {
    markup("<tr><th scope=row>").text(heading).markup("</th>");
    for (String cell : cells) {
      markup("<td>").text(cell).markup("</td>");
    }
    return markup("</tr>\n");
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
