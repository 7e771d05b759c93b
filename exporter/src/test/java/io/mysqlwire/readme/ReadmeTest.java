package io.mysqlwire.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadmeTest {
  @Test
  void shouldHaveTheTablesOfThisProgram() throws IOException {
    Readme readme = Readme.read();
    for (Map.Entry<String, String> table : Readme.tables().entrySet()) {
      assertThat(readme.table(table.getKey()))
          .as("%s of README.md; after a build, dev.d/readme writes them anew", table.getKey())
          .isEqualTo(table.getValue());
    }
  }
}
