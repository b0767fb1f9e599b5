// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Kind;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.decisions.Scope;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Look;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessTest {
  private static final UserId ME = UserId.random();
  private static final WorkspaceId HERE = WorkspaceId.random();

  /** Verified, as the framework hands it over. */
  private record Verified(Map<String, Object> claims, String type) implements JsonWebToken {
    @Override
    public @Nullable String getName() {
      return getSubject();
    }

    @Override
    public Set<String> getClaimNames() {
      return claims.keySet();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T getClaim(String name) {
      if (name.equals("raw_token")) {
        String header = "{\"typ\":\"" + type + "\"}";
        return (T) (Base64.getUrlEncoder().encodeToString(header.getBytes()) + ".x.y");
      }
      return (T) claims.get(name);
    }
  }

  private static Access with(String type, String... claims) {
    Map<String, Object> all = new HashMap<>(Map.of("sub", ME.toString()));
    for (int i = 0; i < claims.length; i += 2) {
      all.put(claims[i], claims[i + 1]);
    }
    return new Access(new Verified(all, type));
  }

  private static Access member(String... claims) {
    return with("at+jwt", claims);
  }

  private static Problem refusal(Runnable asked) {
    return catchThrowableOfType(ProblemException.class, asked::run).problem();
  }

  @Test
  void aTokenWithARoleIsAPersons() {
    assertThat(member("role", "admin").subject()).isEqualTo(new Subject.Person(ME, Role.ADMIN));
  }

  @Test
  void aTokenWithScopesIsAPrograms() {
    assertThat(member("role", "member", "scope", "workspace.list workspace.read:" + HERE).subject())
        .isEqualTo(
            new Subject.Program(
                ME,
                Role.MEMBER,
                Set.of(
                    new Scope(Action.WORKSPACE_LIST, Optional.empty()),
                    new Scope(Action.WORKSPACE_READ, Optional.of(HERE)))));
    assertThat(member("role", "member", "scope", "").subject())
        .isEqualTo(new Subject.Program(ME, Role.MEMBER, Set.of()));
  }

  @Test
  void aTokenThatDoesNotSayWhoIsNobodys() {
    for (Access access :
        new Access[] {
          member(),
          member("role", ""),
          member("role", "root"),
          member("role", "MEMBER"),
          member("role", "member", "scope", "everything"),
          member("role", "member", "scope", "workspace.read,workspace.list"),
          with("JWT", "role", "member")
        }) {
      assertThat(refusal(() -> access.requireOwn(Action.PROFILE_READ)).status()).isEqualTo(401);
    }
  }

  @Test
  void whoAsksForTheirListIsWorkedOutOnce() {
    List<Subject> asked = new ArrayList<>();
    Access access =
        new Access(
            () -> {
              asked.add(new Subject.Person(ME, Role.MEMBER));
              return asked.getLast();
            });
    Resource mine = Resource.workspace(ME, HERE);
    Resource foreign = Resource.workspace(UserId.random(), HERE);
    List<Resource> own =
        access.own(
            Action.WORKSPACE_LIST,
            user -> {
              assertThat(user).isEqualTo(ME);
              return List.of(mine, foreign);
            },
            thing -> thing);
    assertThat(own).containsExactly(mine);
    assertThat(asked).hasSize(1);
  }

  @Test
  void whoMayNotListGetsNothingLookedUp() {
    Access auditor = member("role", "auditor");
    Problem refused =
        refusal(
            () ->
                auditor.own(
                    Action.WORKSPACE_LIST,
                    user -> {
                      throw new AssertionError("looked up");
                    },
                    (Resource thing) -> thing));
    assertThat(refused.status()).isEqualTo(403);
  }

  @Test
  void foreignAndUnknownIdsAreAnsweredWithTheSameWords() {
    Access access = member("role", "member");
    Resource foreign = Resource.workspace(UserId.random(), WorkspaceId.random());
    Problem ofForeign =
        refusal(() -> access.require(Action.WORKSPACE_READ, Optional.of("it"), it -> foreign));
    Problem ofUnknown =
        refusal(
            () -> access.require(Action.WORKSPACE_READ, Optional.<String>empty(), it -> foreign));
    assertThat(ofForeign).usingRecursiveComparison().ignoringFields("id").isEqualTo(ofUnknown);
    assertThat(ofForeign.status()).isEqualTo(404);
    assertThat(ofForeign.title()).isEqualTo("There is no such workspace");
  }

  @Test
  void anAdminIsToldWhichIdsAreThere() {
    Access access = member("role", "admin");
    Optional<Role> nobody = Optional.empty();
    assertThat(
            access.<Role>require(
                Action.PERSON_CHANGE, Optional.of(Role.MEMBER), r -> Resource.person(ME, r)))
        .isEqualTo(Role.MEMBER);
    assertThat(
            refusal(
                    () ->
                        access.<Role>require(
                            Action.PERSON_CHANGE, nobody, r -> Resource.person(ME, r)))
                .status())
        .isEqualTo(404);
  }

  @Test
  void whoseRoleIsTooLowIsToldSo() {
    assertThat(refusal(() -> member("role", "auditor").requireOwn(Action.WORKSPACE_LIST)).status())
        .isEqualTo(403);
    assertThat(
            refusal(
                    () ->
                        member("role", "member")
                            .require(Action.PEOPLE_LIST, Resource.ofInstallation(Kind.PERSON)))
                .slug())
        .isEqualTo("refused");
  }

  @Test
  void whoIsShownWhatIsOthersIsToldOfFirst() {
    List<Look> looks = new ArrayList<>();
    Access admin =
        new Access(
            new Verified(Map.of("sub", ME.toString(), "role", "admin"), "at+jwt"), looks::add);
    UserId other = UserId.random();
    admin.require(Action.PERSON_DEVICE_LIST, Resource.person(other, Role.MEMBER));
    admin.require(Action.PEOPLE_LIST, Resource.ofInstallation(Kind.PERSON));
    admin.requireOwn(Action.PERSON_DEVICE_LIST);
    admin.requireOwn(Action.WORKSPACE_LIST);

    assertThat(looks)
        .extracting(Look::what, Look::whose, Look::by)
        .containsExactly(
            tuple("person-device.list", other.toString(), ME), tuple("people.list", "", ME));
  }

  @Test
  void whatIsNotThereOrNotShownYetIsNoLook() {
    List<Look> looks = new ArrayList<>();
    Access admin =
        new Access(
            new Verified(Map.of("sub", ME.toString(), "role", "admin"), "at+jwt"), looks::add);
    admin.admit(Action.PERSON_DEVICE_LIST, Resource.ofInstallation(Kind.PERSON));
    Optional<UserId> nobody = Optional.empty();
    assertThatThrownBy(
            () ->
                admin.require(
                    Action.PERSON_DEVICE_LIST, nobody, id -> Resource.person(id, Role.MEMBER)))
        .isInstanceOf(ProblemException.class);

    assertThat(looks).isEmpty();
  }

  @Test
  void whatNobodyTellsOfIsNotShown() {
    Resource people = Resource.ofInstallation(Kind.PERSON);
    assertThatThrownBy(() -> member("role", "admin").require(Action.PEOPLE_LIST, people))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void listsLeaveOutWhatAScopeDoesNotCover() {
    Access access = member("role", "member", "scope", "workspace.list:" + HERE);
    access.requireOwn(Action.WORKSPACE_LIST);
    assertThat(access.may(Action.WORKSPACE_LIST, Resource.workspace(ME, HERE))).isTrue();
    assertThat(access.may(Action.WORKSPACE_LIST, Resource.workspace(ME, WorkspaceId.random())))
        .isFalse();
  }
}
