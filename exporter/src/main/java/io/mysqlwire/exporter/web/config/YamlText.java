package io.mysqlwire.exporter.web.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** The file's text as a tree of nodes that know their place. */
final class YamlText {
  private YamlText() {}

  static Section parse(String text, Complaints complaints) {
    return new Section("", Place.START, compose(text, complaints), complaints);
  }

  private static @Nullable Node compose(String text, Complaints complaints) {
    String remedy = "see https://yaml.org, and mind the indentation";
    try {
      return new Compose(LoadSettings.builder().setUseMarks(true).build())
          .composeString(text)
          .orElse(null);
    } catch (MarkedYamlEngineException e) {
      // Not its message: that quotes the line, which may have a secret. Neither the rest of what
      // it says of aliases: that is their name, and the name may be a password without quotes.
      String problem = e.getProblem().replaceFirst("(found undefined alias) .*", "$1");
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      complaints.add(
          mark.map(Place::of).orElse(Place.START), "this is not YAML: " + problem, remedy);
    } catch (ReaderException e) {
      complaints.add(
          place(text, e.getPosition()),
          "this is not YAML: a character is not allowed here",
          remedy);
    } catch (YamlEngineException e) {
      complaints.add(Place.START, "this is not YAML", remedy);
    }
    return null;
  }

  private static Place place(String text, int position) {
    String before = text.substring(0, Math.min(Math.max(position, 0), text.length()));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Place(line, before.length() - before.lastIndexOf('\n'));
  }
}
