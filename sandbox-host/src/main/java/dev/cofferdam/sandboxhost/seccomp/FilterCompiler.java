// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.seccomp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Compiles a profile for x86_64. A call made by another convention (32-bit, x32) kills the process.
 *
 * <p>Names that this libseccomp does not know are left to the profile's default, which refuses; so
 * an older library makes a stricter filter, never a weaker one.
 */
public final class FilterCompiler {
  private static final int MASKED_EQ = 7;
  private static final StructLayout ARG_CMP =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

  private final LibSeccomp library = LibSeccomp.load();

  /** Writes the program, readable by all, in place of what was there. */
  public void compile(Profile profile, Path target) {
    Path fresh = target.resolveSibling(target.getFileName() + ".new");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment context = library.init(profile.otherwise().code());
      try {
        build(profile, context, arena);
        library.export(context, arena.allocateFrom(fresh.toString()));
      } finally {
        library.release(context);
      }
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("r--r--r--"));
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SeccompException("can't write the filter", e);
    }
  }

  private void build(Profile profile, MemorySegment context, Arena arena) {
    library.setAttribute(context, LibSeccomp.ATTRIBUTE_BAD_ARCH_ACTION, LibSeccomp.KILL_PROCESS);
    library.setAttribute(context, LibSeccomp.ATTRIBUTE_OPTIMISE, 2); // a tree, not a list
    for (Rule rule : profile.rules()) {
      // libseccomp refuses rules that say what the default says.
      if (!rule.action().equals(profile.otherwise())) {
        add(rule, context, arena);
      }
    }
  }

  private void add(Rule rule, MemorySegment context, Arena arena) {
    MemorySegment conditions = conditions(rule.conditions(), arena);
    for (String name : rule.names()) {
      int number = library.resolve(arena.allocateFrom(name));
      if (number >= 0) {
        library.addRule(
            context, rule.action().code(), number, rule.conditions().size(), conditions);
      }
    }
  }

  private static MemorySegment conditions(List<Condition> conditions, Arena arena) {
    MemorySegment array = arena.allocate(ARG_CMP, conditions.size());
    for (int i = 0; i < conditions.size(); i++) {
      Condition condition = conditions.get(i);
      long at = i * ARG_CMP.byteSize();
      array.set(ValueLayout.JAVA_INT, at, condition.index());
      array.set(ValueLayout.JAVA_INT, at + 4, MASKED_EQ);
      array.set(ValueLayout.JAVA_LONG, at + 8, condition.mask());
      array.set(ValueLayout.JAVA_LONG, at + 16, condition.value());
    }
    return array;
  }
}
