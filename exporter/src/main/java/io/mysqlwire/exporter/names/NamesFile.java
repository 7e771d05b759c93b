package io.mysqlwire.exporter.names;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of names: on each line an address or a network, blanks, and a name without blanks. What is
 * behind {@code #} is a comment.
 *
 * <pre>{@code
 * # the shop
 * 10.0.1.4        checkout-1
 * 10.0.2.0/24     search
 * 2001:db8::/32   reports
 * }</pre>
 */
final class NamesFile {
  private static final int MOST_CHARACTERS = 253; // as host names
  private static final String FORM = "write ADDRESS NAME or NETWORK/LENGTH NAME";

  private final Path file;
  private final Map<Network, String> names = new HashMap<>();
  private final Map<Network, Integer> lines = new HashMap<>();
  private final List<NamesFileException.Problem> problems = new ArrayList<>();

  private NamesFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the whole file.
   *
   * @throws NamesFileException with everything that is wrong with it
   */
  static NameTable read(Path file) throws NamesFileException {
    return new NamesFile(file).read();
  }

  private NameTable read() throws NamesFileException {
    try {
      List<String> text = Files.readAllLines(file);
      for (int i = 0; i < text.size(); i++) {
        readLine(i + 1, text.get(i).replaceFirst("#.*", "").strip());
      }
    } catch (NoSuchFileException e) {
      refuse("does not exist", "write it, or give the path of another");
    } catch (AccessDeniedException e) {
      refuse("can't be read: permission denied", "let the exporter's user read it");
    } catch (CharacterCodingException e) {
      refuse("is not in UTF-8", "convert it");
    } catch (IOException e) {
      refuse("can't be read: " + e.getMessage(), "give the path of a text file");
    }
    if (!problems.isEmpty()) {
      throw new NamesFileException(problems);
    }
    return new NameTable(names);
  }

  private void refuse(String what, String remedy) {
    problems.add(new NamesFileException.Problem("\"" + file + "\" " + what, remedy));
  }

  private void readLine(int number, String line) {
    if (line.isEmpty()) {
      return;
    }
    String[] words = line.split("\\s+", -1);
    if (words.length != 2) {
      refuse(number, words.length == 1 ? "has no name" : "has more than one name", FORM);
      return;
    }
    checkName(number, words[1]);
    try {
      add(number, words[0], Network.parse(words[0]), words[1]);
    } catch (IllegalArgumentException e) {
      refuse(number, "\"" + words[0] + "\" " + e.getMessage(), FORM);
    }
  }

  private void checkName(int number, String name) {
    if (name.length() > MOST_CHARACTERS) {
      refuse(
          number,
          "the name has " + name.length() + " characters",
          "give it " + MOST_CHARACTERS + " at most");
    } else if (name.chars().anyMatch(Character::isISOControl)) {
      refuse(number, "the name has a control character", "leave it out");
    }
  }

  private void add(int number, String text, Network network, String name) {
    Integer before = lines.putIfAbsent(network, number);
    if (before == null) {
      names.put(network, name);
    } else {
      refuse(number, "line " + before + " has named " + text + " already", "keep one of the two");
    }
  }

  private void refuse(int number, String what, String remedy) {
    problems.add(new NamesFileException.Problem(file + ":" + number + ": " + what, remedy));
  }
}
