package io.mysqlwire.exporter.logging;

import java.util.Map;

/** How the fields of a log line are written. */
public enum LogFormat {
  /** {@code ts=… level=info logger=Exporter msg="listening" address=:10306}. */
  LOGFMT {
    @Override
    void append(StringBuilder line, Map<String, String> fields) {
      String separator = "";
      for (Map.Entry<String, String> field : fields.entrySet()) {
        line.append(separator).append(field.getKey()).append('=');
        String value = field.getValue();
        if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '=')) {
          Quoting.quote(line, value);
        } else {
          line.append(value);
        }
        separator = " ";
      }
    }
  },
  /** One object a line, every value a string. */
  JSON {
    @Override
    void append(StringBuilder line, Map<String, String> fields) {
      String separator = "{";
      for (Map.Entry<String, String> field : fields.entrySet()) {
        line.append(separator);
        Quoting.quote(line, field.getKey());
        line.append(':');
        Quoting.quote(line, field.getValue());
        separator = ",";
      }
      line.append('}');
    }
  };

  abstract void append(StringBuilder line, Map<String, String> fields);
}
