package io.mysqlwire.exporter.collector;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.QuotedCSV;

/**
 * What a client would rather have: a list of names with weights from 0 (not wanted) to 1, as in
 * {@code Accept} and {@code Accept-Encoding} (RFC 9110, 12.4.2).
 *
 * <p>Jetty takes the header apart; its {@code QuotedQualityCSV} drops what has weight 0, so that a
 * wildcard would let it in again.
 */
public final class Preferences {
  private final Map<String, Double> weights = new HashMap<>();

  /**
   * Reads a header.
   *
   * @param values its values, one for each time that it was sent
   */
  public Preferences(List<String> values) {
    for (String entry : new QuotedCSV(true, values.toArray(String[]::new))) {
      Map<String, String> parameters = new HashMap<>();
      String name = HttpField.getValueParameters(entry, parameters);
      // The same name with other parameters, such as versions: the best of them counts.
      weights.merge(name.strip().toLowerCase(Locale.ROOT), weight(parameters), Math::max);
    }
  }

  private static double weight(Map<String, String> parameters) {
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (parameter.getKey().equalsIgnoreCase("q")) {
        try {
          double weight = Double.parseDouble(parameter.getValue());
          return weight >= 0 && weight <= 1 ? weight : 0;
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }

  /** The weight of the first of these names that was given, 0 if none was. */
  public double quality(String... names) {
    for (String name : names) {
      Double weight = weights.get(name);
      if (weight != null) {
        return weight;
      }
    }
    return 0;
  }
}
