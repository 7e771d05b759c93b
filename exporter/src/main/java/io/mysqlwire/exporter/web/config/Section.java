package io.mysqlwire.exporter.web.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of the file, of which only those keys are known that somebody asked for.
 *
 * <p>As in the toolkit's reader a scalar of any kind will do where a text is wanted ({@code
 * X-XSS-Protection: 0}), and a key without a value is one that was not given.
 */
final class Section {
  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

  private final String name;
  private final Place place;
  private final Complaints complaints;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Place> keys = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  /**
   * The mapping that {@code node} is; empty when there is none.
   *
   * @param name as in the file, empty for the file itself
   */
  Section(String name, Place place, @Nullable Node node, Complaints complaints) {
    this.name = name;
    this.place = place;
    this.complaints = complaints;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::add);
    } else if (node != null && !isNothing(node)) {
      complaints.add(
          Place.of(node),
          (name.isEmpty() ? "the file" : name) + " is not a mapping",
          "write keys with a colon and a value: KEY: VALUE");
    }
  }

  private void add(NodeTuple entry) {
    Place at = Place.of(entry.getKeyNode());
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      complaints.add(at, in("a key is not a text"), "write KEY: VALUE");
    } else if (keys.putIfAbsent(key.getValue(), at) != null) {
      complaints.add(
          at,
          in("the key in this line was given in line " + earlier(key) + " already"),
          "keep one of the two");
    } else if (!isNothing(entry.getValueNode())) {
      values.put(key.getValue(), entry.getValueNode());
    }
  }

  private int earlier(ScalarNode key) {
    Place first = keys.get(key.getValue());
    return first == null ? 0 : first.line();
  }

  private String in(String what) {
    return name.isEmpty() ? what : name + ": " + what;
  }

  /** A key of this section as complaints name it. */
  String path(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  Place place() {
    return place;
  }

  /** Where {@code key} stands, or the section when it is not there. */
  Place place(String key) {
    return keys.getOrDefault(key, place);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  @Nullable Scalar text(String key) {
    known.add(key);
    return scalar(path(key), values.get(key));
  }

  List<Scalar> texts(String key) {
    known.add(key);
    List<Scalar> texts = new ArrayList<>();
    Node node = values.get(key);
    if (node instanceof SequenceNode sequence) {
      for (Node element : sequence.getValue()) {
        Scalar text = scalar(path(key), element);
        if (text != null) {
          texts.add(text);
        }
      }
    } else if (node != null) {
      complaints.add(Place.of(node), path(key) + " is not a list", "write [ONE, TWO]");
    }
    return texts;
  }

  /** All entries, for sections whose keys are free. */
  Map<String, Scalar> entries() {
    Map<String, Scalar> entries = new LinkedHashMap<>();
    keys.forEach(
        (key, at) -> {
          Scalar text = text(key);
          entries.put(key, text == null ? new Scalar("", at, true) : text);
        });
    return entries;
  }

  boolean flag(String key, boolean otherwise) {
    Scalar scalar = text(key);
    if (scalar == null) {
      return otherwise;
    }
    // The words that YAML 1.1 has for them, as the toolkit reads.
    if (scalar.plain() && scalar.text().matches("true|True|TRUE|yes|Yes|YES|on|On|ON|y|Y")) {
      return true;
    }
    if (!scalar.plain() || !scalar.text().matches("false|False|FALSE|no|No|NO|off|Off|OFF|n|N")) {
      complaints.add(scalar.place(), path(key) + " is not a boolean", "write true or false");
    }
    return false;
  }

  Section section(String key) {
    known.add(key);
    return new Section(path(key), place(key), values.get(key), complaints);
  }

  private @Nullable Scalar scalar(String path, @Nullable Node node) {
    if (node instanceof ScalarNode scalar) {
      return new Scalar(scalar.getValue(), Place.of(node), scalar.isPlain());
    }
    if (node != null) {
      complaints.add(Place.of(node), path + " is not a text", "write one value");
    }
    return null;
  }

  /** Complains about each key that nobody asked for. */
  void refuseOthers() {
    keys.forEach(
        (key, at) -> {
          if (!known.contains(key)) {
            // What is no name may be a piece of a secret.
            String shown = key.matches("[\\w.-]{1,40}") ? Complaints.quoted(key) : "this";
            complaints.add(
                at,
                shown + " is no key" + (name.isEmpty() ? "" : " of " + name),
                "the keys are " + String.join(", ", known));
          }
        });
  }

  private static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && NOTHING.contains(scalar.getValue());
  }
}
