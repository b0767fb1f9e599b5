// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.sandboxhost.seccomp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of the OCI runtime specification's {@code linux.seccomp} object that we use; an
 * unknown key, action or operator is an error, because ignoring one could open what it closes.
 */
public final class ProfileReader {
  private static final String RESOURCE = "/cofferdam-cell.json";

  private ProfileReader() {}

  /** The profile this program was built with. */
  public static Profile builtIn() {
    try (InputStream json = ProfileReader.class.getResourceAsStream(RESOURCE)) {
      if (json == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the program");
      }
      return read(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Profile read(InputStream json) throws IOException {
    try (JsonParser in = new JsonFactory().createParser(json)) {
      in.nextToken();
      String action = "";
      int errno = 1;
      List<Rule> rules = new ArrayList<>();
      for (String key = firstKey(in); key != null; key = nextKey(in)) {
        switch (key) {
          case "defaultAction" -> action = in.getText();
          case "defaultErrnoRet" -> errno = in.getIntValue();
          case "architectures" -> requireNative(in);
          case "syscalls" -> readRules(in, rules);
          default -> throw unknown(key);
        }
      }
      return new Profile(action(action, errno), rules);
    }
  }

  private static void requireNative(JsonParser in) throws IOException {
    if (!strings(in).equals(List.of("SCMP_ARCH_X86_64"))) {
      throw new IOException("the profile is for native 64-bit calls alone");
    }
  }

  private static void readRules(JsonParser in, List<Rule> into) throws IOException {
    while (in.nextToken() == JsonToken.START_OBJECT) {
      into.add(rule(in));
    }
  }

  private static Rule rule(JsonParser in) throws IOException {
    List<String> names = List.of();
    String action = "";
    int errno = 1;
    List<Condition> conditions = new ArrayList<>();
    for (String key = firstKey(in); key != null; key = nextKey(in)) {
      switch (key) {
        case "names" -> names = strings(in);
        case "action" -> action = in.getText();
        case "errnoRet" -> errno = in.getIntValue();
        case "args" -> {
          while (in.nextToken() == JsonToken.START_OBJECT) {
            conditions.add(condition(in));
          }
        }
        default -> throw unknown(key);
      }
    }
    return new Rule(names, action(action, errno), conditions);
  }

  private static Condition condition(JsonParser in) throws IOException {
    int index = -1;
    long value = 0;
    long valueTwo = 0;
    String operator = "";
    for (String key = firstKey(in); key != null; key = nextKey(in)) {
      switch (key) {
        case "index" -> index = in.getIntValue();
        case "value" -> value = unsigned(in);
        case "valueTwo" -> valueTwo = unsigned(in);
        case "op" -> operator = in.getText();
        default -> throw unknown(key);
      }
    }
    return switch (operator) {
      case "SCMP_CMP_EQ" -> new Condition(index, -1L, value);
      case "SCMP_CMP_MASKED_EQ" -> new Condition(index, value, valueTwo);
      default -> throw new IOException("unknown operator " + operator);
    };
  }

  private static Action action(String name, int errno) throws IOException {
    return switch (name) {
      case "SCMP_ACT_ALLOW" -> new Action.Allow();
      case "SCMP_ACT_ERRNO" -> new Action.Refuse(errno);
      default -> throw new IOException("unknown action " + name);
    };
  }

  private static long unsigned(JsonParser in) throws IOException {
    BigInteger number = in.getBigIntegerValue();
    if (number.signum() < 0 || number.bitLength() > Long.SIZE) {
      throw new IOException("not an unsigned 64-bit number: " + number);
    }
    return number.longValue();
  }

  private static List<String> strings(JsonParser in) throws IOException {
    List<String> all = new ArrayList<>();
    while (in.nextToken() == JsonToken.VALUE_STRING) {
      all.add(in.getText());
    }
    return all;
  }

  /** With the parser on the start of an object: its first key, the parser then on the value. */
  private static @Nullable String firstKey(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("expected an object");
    }
    return nextKey(in);
  }

  private static @Nullable String nextKey(JsonParser in) throws IOException {
    String key = in.nextFieldName();
    if (key != null) {
      in.nextToken();
    }
    return key;
  }

  private static IOException unknown(String key) {
    return new IOException("unknown key " + key);
  }
}
