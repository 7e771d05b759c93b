package io.mysqlwire.exporter.web;

/** HTML under construction; text goes in escaped, markup does not. */
final class Html {
  private final StringBuilder html = new StringBuilder(32 * 1024);

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
        default -> html.append(visible(c));
      }
    }
    return this;
  }

  /**
   * Characters that show nothing, or turn the direction of what follows, could pass one name off as
   * another.
   */
  private static char visible(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR -> '\uFFFD';
      default -> c;
    };
  }

  /** Appends an element that holds nothing but text. */
  Html element(String startTag, String text) {
    int nameEnd = startTag.indexOf(' ');
    String name = nameEnd < 0 ? startTag : startTag.substring(0, nameEnd);
    return markup("<" + startTag + ">").text(text).markup("</" + name + ">");
  }

  /** Appends the cell of a table that holds text. */
  Html cell(String text) {
    return element("td", text);
  }

  /** Appends the cell of a table that holds a count. */
  Html count(long count) {
    return number(count == 0 ? "zero" : "", Long.toString(count), Quantity.count(count));
  }

  /** Appends the cell of a table that holds a measure, shown in another way than it is sorted. */
  Html measure(double value, String shown) {
    return number(value == 0 ? "zero" : "", Float.toString((float) value), shown);
  }

  /** The same for a measure that catches the eye when it {@code isBad}. */
  Html measure(double value, String shown, boolean isBad) {
    return isBad ? number("bad", Float.toString((float) value), shown) : measure(value, shown);
  }

  private Html number(String kind, String value, String shown) {
    markup(kind.isEmpty() ? "<td class=n" : "<td class=\"n " + kind + "\"");
    return markup(" data-value=" + value + ">").text(shown).markup("</td>");
  }

  /** Appends the head of a table: columns of text, then of numbers for those that start with #. */
  Html head(String... columns) {
    markup("<thead><tr>");
    for (String column : columns) {
      boolean isNumber = column.startsWith("#");
      element(
          isNumber ? "th scope=col class=n" : "th scope=col", column.substring(isNumber ? 1 : 0));
    }
    return markup("</tr></thead>\n");
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
