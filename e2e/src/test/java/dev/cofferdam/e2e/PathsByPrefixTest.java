// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whether one path is below another is no question of how its text begins: {@code /a/b} is not
 * above {@code /a/bc}, nor {@code /a} above {@code /a/../b}. Here of all classes of the product.
 */
class PathsByPrefixTest {
  private static final Set<String> PATHS =
      Set.of(Path.class.getName(), File.class.getName(), "java.net.URI");
  private static final Set<String> TEXTS =
      Set.of("toString", "getPath", "getAbsolutePath", "getCanonicalPath", "toASCIIString");

  private static final ArchRule NONE =
      noMethods().should(compareAPathsTextByPrefix()).because("a prefix is no parent (P1)");

  private static ArchCondition<JavaMethod> compareAPathsTextByPrefix() {
    return new ArchCondition<>("make text of a path and look how a text begins") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean has =
            calls(method, PATHS, TEXTS)
                && calls(method, Set.of(String.class.getName()), Set.of("startsWith"))
                // How a file's own name begins is no question of where it is.
                && !calls(method, PATHS, Set.of("getFileName"));
        events.add(new SimpleConditionEvent(method, has, method.getFullName()));
      }
    };
  }

  private static boolean calls(JavaMethod method, Set<String> owners, Set<String> names) {
    return method.getMethodCallsFromSelf().stream()
        .map(JavaMethodCall::getTarget)
        .anyMatch(to -> owners.contains(to.getOwner().getName()) && names.contains(to.getName()));
  }

  /** What is built here, of every module but those of tests. */
  private static JavaClasses product() throws IOException {
    Path checkout = Path.of("..").toRealPath();
    try (Stream<Path> modules =
        Stream.concat(Files.list(checkout), Files.list(checkout.resolve("libs")))) {
      List<Path> built =
          modules
              .filter(module -> !module.endsWith("testkit") && !module.endsWith("bench"))
              .map(module -> module.resolve("target/classes"))
              .filter(Files::isDirectory)
              .toList();
      assertThat(built).hasSizeGreaterThan(10);
      return new ClassFileImporter().importPaths(built);
    }
  }

  @Test
  void noCodeOfTheProductDecidesSo() throws IOException {
    NONE.check(product());
  }

  /** What the rule is there to find. */
  static final class Wrong {
    boolean isBelow(Path path, Path folder) {
      return path.toString().startsWith(folder.toString());
    }
  }

  @Test
  void codeThatDidWouldBeFound() {
    JavaClasses wrong = new ClassFileImporter().importClasses(Wrong.class);
    assertThatThrownBy(() -> NONE.check(wrong)).hasMessageContaining("isBelow");
  }
}
