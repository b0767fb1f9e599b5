// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.auth.provider;

import dev.cofferdam.identity.Role;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may come in from a provider, and as what.
 *
 * @param everybody whom the provider knows
 * @param groups any of them lets in, as does any that gives a role
 * @param domains of addresses that the provider has verified; they let in and link to nothing
 * @param roles the groups that give each role; without any the provider has no say in roles
 */
record Admission(
    boolean everybody, Set<String> groups, Set<String> domains, Map<Role, Set<String>> roles) {
  /** Those that a provider may give, the most powerful first. Owners are made here. */
  static final List<Role> GIVEN = List.of(Role.ADMIN, Role.MEMBER, Role.AUDITOR);

  Admission {
    groups = Set.copyOf(groups);
    domains = Set.copyOf(domains);
    roles = roles.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(roles));
  }

  /** Whether it speaks for somebody at all; if not, only people who are known come in. */
  boolean isSilent() {
    return !everybody && groups.isEmpty() && domains.isEmpty() && roles.isEmpty();
  }

  boolean admits(Identity who) {
    return everybody
        || who.groups().stream().anyMatch(groups::contains)
        || givenRole(who).isPresent()
        || who.verifiedEmail().map(Admission::domain).filter(domains::contains).isPresent();
  }

  /** Whether the provider has said all that a no is made of: an address may yet be verified. */
  boolean isSure(Identity who) {
    return who.saysGroups() && (domains.isEmpty() || who.verifiedEmail().isPresent());
  }

  /** What the person's groups make of them; empty if none gives a role. */
  Optional<Role> givenRole(Identity who) {
    return GIVEN.stream()
        .filter(
            role -> roles.getOrDefault(role, Set.of()).stream().anyMatch(who.groups()::contains))
        .findFirst();
  }

  /** All groups that make a difference. */
  Set<String> watched() {
    Set<String> all = new java.util.TreeSet<>(groups);
    roles.values().forEach(all::addAll);
    return all;
  }

  private static String domain(String email) {
    return email.substring(email.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }
}
