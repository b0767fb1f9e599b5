// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.decisions;

import static dev.cofferdam.decisions.Decision.Answer.HIDDEN;
import static dev.cofferdam.decisions.Decision.Answer.OPEN;
import static dev.cofferdam.decisions.Decision.Answer.SIGN_IN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cofferdam.decisions.Decision.Reason;
import dev.cofferdam.identity.Role;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.identity.WorkspaceId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every subject, every action, on own things and those of others; the sets are written by hand. */
class DecisionsTest {
  private static final UserId ME = UserId.random();
  private static final UserId OTHER = UserId.random();
  private static final WorkspaceId HERE = WorkspaceId.random();
  private static final WorkspaceId THERE = WorkspaceId.random();

  private static final Set<Action> PUBLIC =
      EnumSet.of(
          Action.APP_READ,
          Action.SIGNING_KEYS_READ,
          Action.SIGN_IN,
          Action.SIGN_OUT,
          Action.INVITATION_ACCEPT);
  private static final Set<Action> OWN_ACCOUNT =
      EnumSet.of(
          Action.PROFILE_READ,
          Action.MAINTENANCE_READ,
          Action.EVENTS_FOLLOW,
          Action.SSH_KEY_LIST,
          Action.SSH_KEY_ADD,
          Action.SSH_KEY_REVOKE,
          Action.PASSKEY_LIST,
          Action.PASSKEY_ADD,
          Action.PASSKEY_REVOKE,
          Action.DEVICE_LIST,
          Action.DEVICE_END,
          Action.SIGN_INS_READ,
          Action.NOTICE_LIST,
          Action.NOTICE_DISMISS);
  private static final Set<Action> OWN_WORK =
      EnumSet.of(
          Action.WORKSPACE_LIST,
          Action.WORKSPACE_CREATE,
          Action.WORKSPACE_READ,
          Action.WORKSPACE_DELETE,
          Action.SESSION_OPEN,
          Action.SESSION_LIST,
          Action.SESSION_READ,
          Action.SESSION_LOCK,
          Action.TERMINAL_USE,
          Action.API_KEY_LIST,
          Action.API_KEY_CREATE,
          Action.API_KEY_REVOKE);
  private static final Set<Action> PEOPLE =
      EnumSet.of(
          Action.PEOPLE_LIST,
          Action.PERSON_ADD,
          Action.PERSON_CHANGE,
          Action.PERSON_KEY_LIST,
          Action.PERSON_KEY_ADD,
          Action.PERSON_KEY_REVOKE,
          Action.PERSON_DEVICE_LIST,
          Action.PERSON_DEVICE_END,
          Action.PERSON_SIGN_INS_READ,
          Action.PERSON_SESSION_LIST,
          Action.PERSON_STORAGE_LIST,
          Action.INVITATION_LIST,
          Action.INVITATION_CREATE,
          Action.INVITATION_REVOKE,
          Action.SERVICE_ACCOUNT_LIST,
          Action.SERVICE_ACCOUNT_CREATE,
          Action.SERVICE_ACCOUNT_CHANGE,
          Action.SERVICE_ACCOUNT_KEY_LIST,
          Action.SERVICE_ACCOUNT_KEY_CREATE,
          Action.SERVICE_ACCOUNT_KEY_REVOKE,
          Action.PROVIDER_LIST);
  private static final Set<Action> AUDIT = EnumSet.of(Action.AUDIT_READ);
  private static final Set<Action> SERVER =
      EnumSet.of(Action.SERVER_STOP, Action.ALERT_CLOSE, Action.MAINTENANCE_PLAN);
  private static final Set<Action> BETWEEN_PARTS =
      EnumSet.of(
          Action.LINK_MAKE,
          Action.EMERGENCY_STOP,
          Action.MAINTENANCE_SET,
          Action.SIGN_IN_CARRY,
          Action.TOKEN_FETCH,
          Action.SIGN_IN_CHECK,
          Action.REFUSAL_REPORT,
          Action.COUNTS_READ,
          Action.LEASE_RENEW,
          Action.SESSION_REPORT,
          Action.LEFTOVER_CLEAR,
          Action.GRANT_FETCH);

  private static Subject person(Role role) {
    return new Subject.Person(ME, role);
  }

  private static Subject program(Role role, Scope... scopes) {
    return new Subject.Program(ME, role, Set.of(scopes));
  }

  /** With every scope that there is. */
  private static Subject mightyProgram(Role role) {
    return new Subject.Program(
        ME,
        role,
        Arrays.stream(Action.values())
            .filter(Action::isForPrograms)
            .map(verb -> new Scope(verb, Optional.empty()))
            .collect(Collectors.toSet()));
  }

  private static Resource own(Action action) {
    return Resource.in(action.kind(), ME, HERE);
  }

  private static Resource foreign(Action action) {
    return Resource.in(action.kind(), OTHER, THERE);
  }

  private static Set<Action> allowed(Subject subject, boolean own) {
    return Arrays.stream(Action.values())
        .filter(a -> Decisions.decide(subject, a, own ? own(a) : foreign(a)).isAllowed())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Action.class)));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Set<Action> all(Set<Action>... sets) {
    return Arrays.stream(sets).flatMap(Set::stream).collect(Collectors.toSet());
  }

  @Test
  void theSetsOfThisTestNameEveryAction() {
    assertThat(all(PUBLIC, OWN_ACCOUNT, OWN_WORK, PEOPLE, AUDIT, SERVER, BETWEEN_PARTS))
        .containsExactlyInAnyOrder(Action.values());
  }

  @Test
  void onOwnThings() {
    assertThat(allowed(new Subject.SignedOut(), true)).isEqualTo(PUBLIC);
    assertThat(allowed(person(Role.MEMBER), true)).isEqualTo(all(PUBLIC, OWN_ACCOUNT, OWN_WORK));
    assertThat(allowed(person(Role.AUDITOR), true)).isEqualTo(all(PUBLIC, OWN_ACCOUNT, AUDIT));
    assertThat(allowed(person(Role.ADMIN), true))
        .isEqualTo(all(PUBLIC, OWN_ACCOUNT, OWN_WORK, PEOPLE));
    assertThat(allowed(person(Role.OWNER), true))
        .isEqualTo(all(PUBLIC, OWN_ACCOUNT, OWN_WORK, PEOPLE, AUDIT, SERVER));
  }

  @Test
  void onThingsOfOthers() {
    Set<Action> ending = EnumSet.of(Action.SESSION_LOCK);
    assertThat(allowed(new Subject.SignedOut(), false)).isEqualTo(PUBLIC);
    assertThat(allowed(person(Role.MEMBER), false)).isEqualTo(PUBLIC);
    assertThat(allowed(person(Role.AUDITOR), false)).isEqualTo(all(PUBLIC, AUDIT));
    assertThat(allowed(person(Role.ADMIN), false)).isEqualTo(all(PUBLIC, PEOPLE, ending));
    assertThat(allowed(person(Role.OWNER), false))
        .isEqualTo(all(PUBLIC, PEOPLE, ending, AUDIT, SERVER));
  }

  @Test
  void partsDoWhatIsTheirsAndNothingInSomebodysName() {
    assertThat(allowed(new Subject.Part("gateway"), true))
        .isEqualTo(
            all(
                PUBLIC,
                EnumSet.of(
                    Action.SIGN_IN_CARRY,
                    Action.TOKEN_FETCH,
                    Action.SIGN_IN_CHECK,
                    Action.REFUSAL_REPORT,
                    Action.LEASE_RENEW,
                    Action.SESSION_REPORT,
                    Action.LEFTOVER_CLEAR)));
    assertThat(allowed(new Subject.Part("session"), true))
        .isEqualTo(
            all(PUBLIC, EnumSet.of(Action.COUNTS_READ, Action.GRANT_FETCH, Action.SIGN_IN_CHECK)));
    assertThat(allowed(new Subject.Part("workspace"), true))
        .isEqualTo(all(PUBLIC, EnumSet.of(Action.SIGN_IN_CHECK)));
    assertThat(allowed(new Subject.Part("stack"), true))
        .isEqualTo(
            all(
                PUBLIC,
                EnumSet.of(Action.LINK_MAKE, Action.EMERGENCY_STOP, Action.MAINTENANCE_SET)));
    assertThat(allowed(new Subject.Part("somebody"), true)).isEqualTo(PUBLIC);
  }

  @Test
  void whatIsSomebodyElsesIsHiddenFromEverybodyWhoMayNot() {
    for (Role role : Role.values()) {
      for (Subject subject : List.of(person(role), mightyProgram(role), program(role))) {
        for (Action action : all(OWN_ACCOUNT, OWN_WORK)) {
          Decision foreign = Decisions.decide(subject, action, foreign(action));
          Decision unknown = Decisions.decide(subject, action, Resource.unknown(action.kind()));
          assertThat(foreign).as(subject + " " + action).isEqualTo(unknown);
          if (foreign instanceof Decision.Refused refused && !isClosedToPrograms(subject, action)) {
            assertThat(refused.answer()).as(subject + " " + action).isEqualTo(HIDDEN);
          }
        }
      }
    }
  }

  private static boolean isClosedToPrograms(Subject subject, Action action) {
    return subject instanceof Subject.Program && !action.isForPrograms();
  }

  @Test
  void aRefusalForTheRoleDoesNotDependOnWhetherThePersonIsThere() {
    for (Role role : List.of(Role.MEMBER, Role.AUDITOR)) {
      for (Action action : PEOPLE) {
        for (Resource resource : List.of(own(action), foreign(action), unknown(action))) {
          assertThat(Decisions.decide(person(role), action, resource))
              .isEqualTo(new Decision.Refused(Reason.ROLE, OPEN));
        }
      }
    }
  }

  private static Resource unknown(Action action) {
    return Resource.unknown(action.kind());
  }

  @Test
  void whoIsSignedOutIsSentToSignIn() {
    for (Action action : all(OWN_ACCOUNT, OWN_WORK, PEOPLE, AUDIT)) {
      assertThat(Decisions.decide(new Subject.SignedOut(), action, own(action)))
          .isEqualTo(new Decision.Refused(Reason.SIGNED_OUT, SIGN_IN));
    }
  }

  @Test
  void onlyAnOwnerTouchesOwnersAndAdminsOrMakesThem() {
    Resource owner = Resource.person(OTHER, Role.OWNER);
    Resource admin = Resource.person(OTHER, Role.ADMIN);
    Resource member = Resource.person(OTHER, Role.MEMBER);
    Decision tooHigh = new Decision.Refused(Reason.RANK, OPEN);
    for (Action action :
        List.of(Action.PERSON_CHANGE, Action.PERSON_KEY_ADD, Action.PERSON_DEVICE_END)) {
      assertThat(Decisions.decide(person(Role.ADMIN), action, owner)).isEqualTo(tooHigh);
      assertThat(Decisions.decide(person(Role.ADMIN), action, admin)).isEqualTo(tooHigh);
      assertThat(Decisions.decide(person(Role.ADMIN), action, member).isAllowed()).isTrue();
      assertThat(Decisions.decide(person(Role.ADMIN), action, member.becoming(Role.ADMIN)))
          .isEqualTo(tooHigh);
      assertThat(Decisions.decide(person(Role.ADMIN), action, owner.becoming(Role.MEMBER)))
          .isEqualTo(tooHigh);
      assertThat(Decisions.decide(person(Role.OWNER), action, owner).isAllowed()).isTrue();
      assertThat(Decisions.decide(person(Role.OWNER), action, member.becoming(Role.ADMIN)))
          .isEqualTo(Decision.ALLOWED);
    }
    Resource invited = Resource.ofInstallation(Kind.INVITATION).becoming(Role.OWNER);
    assertThat(Decisions.decide(person(Role.ADMIN), Action.INVITATION_CREATE, invited))
        .isEqualTo(tooHigh);
  }

  /** Also on their own account: nobody lifts themselves. */
  @Test
  void anAdminMakesThemselvesNoOwner() {
    Resource me = Resource.person(ME, Role.ADMIN).becoming(Role.OWNER);
    assertThat(Decisions.decide(person(Role.ADMIN), Action.PERSON_CHANGE, me))
        .isEqualTo(new Decision.Refused(Reason.RANK, OPEN));
  }

  @Test
  void aProgramMayWhatItsScopesSayAndNoMore() {
    for (Role role : Role.values()) {
      for (Action verb : Action.values()) {
        Decision bare = Decisions.decide(program(role), verb, own(verb));
        assertThat(bare.isAllowed()).as(verb.word()).isEqualTo(PUBLIC.contains(verb));
        if (verb.isForPrograms()) {
          Subject one = program(role, new Scope(verb, Optional.empty()));
          Set<Action> may =
              Decisions.decide(person(role), verb, own(verb)).isAllowed()
                  ? all(PUBLIC, Set.of(verb))
                  : PUBLIC;
          assertThat(allowed(one, true)).as(role + " " + verb.word()).isEqualTo(may);
        }
      }
    }
  }

  @Test
  void noScopeMakesCredentialsOrReachesOtherPeople() {
    assertThat(allowed(mightyProgram(Role.OWNER), false)).isEqualTo(PUBLIC);
    for (Action action : Action.values()) {
      if (action.isForPrograms()) {
        assertThat(all(OWN_WORK, Set.of(Action.PROFILE_READ, Action.EVENTS_FOLLOW)))
            .contains(action);
        assertThat(action.kind()).isNotIn(Kind.SSH_KEY, Kind.PASSKEY, Kind.API_KEY, Kind.DEVICE);
      }
    }
  }

  /** What reads and no member may on things of others; what signs in somewhere is nobody's. */
  @Test
  void whoOnlyReadsWhatIsOthersIsToldOf() {
    assertThat(Arrays.stream(Action.values()).filter(Action::isLook))
        .containsExactlyInAnyOrderElementsOf(
            all(PEOPLE, AUDIT).stream()
                .filter(a -> a.word().endsWith(".list") || a.word().endsWith(".read"))
                .filter(a -> a != Action.PROVIDER_LIST)
                .toList());
  }

  @Test
  void aScopeForOneWorkspaceIsGoodInThatOneOnly() {
    Subject reader = program(Role.MEMBER, new Scope(Action.WORKSPACE_READ, Optional.of(HERE)));
    assertThat(decide(reader, Action.WORKSPACE_READ, HERE).isAllowed()).isTrue();
    assertThat(decide(reader, Action.WORKSPACE_READ, THERE))
        .isEqualTo(new Decision.Refused(Reason.SCOPE, OPEN));
    Subject lister = program(Role.MEMBER, new Scope(Action.WORKSPACE_LIST, Optional.of(HERE)));
    Resource list = Resource.of(Kind.WORKSPACE, ME);
    assertThat(Decisions.decide(lister, Action.WORKSPACE_LIST, list).isAllowed()).isTrue();
    assertThat(decide(lister, Action.WORKSPACE_LIST, HERE).isAllowed()).isTrue();
    assertThat(decide(lister, Action.WORKSPACE_LIST, THERE).isAllowed()).isFalse();
    Subject maker = program(Role.MEMBER, new Scope(Action.WORKSPACE_CREATE, Optional.of(HERE)));
    assertThat(Decisions.decide(maker, Action.WORKSPACE_CREATE, list).isAllowed()).isFalse();
  }

  private static Decision decide(Subject subject, Action action, WorkspaceId workspace) {
    return Decisions.decide(subject, action, Resource.workspace(ME, workspace));
  }

  @Test
  void whatBelongsToNobodyIsNotOnesOwn() {
    for (Action action : all(OWN_ACCOUNT, OWN_WORK)) {
      Decision decision =
          Decisions.decide(person(Role.MEMBER), action, Resource.ofInstallation(action.kind()));
      assertThat(decision.isAllowed()).as(action.word()).isFalse();
    }
  }

  @Test
  void anActionOnAnotherKindOfThingIsRefused() {
    for (Action action : Action.values()) {
      for (Kind kind : Kind.values()) {
        if (kind != action.kind()) {
          assertThat(Decisions.decide(person(Role.OWNER), action, Resource.of(kind, ME)))
              .isEqualTo(new Decision.Refused(Reason.OTHER_KIND, OPEN));
        }
      }
    }
  }

  @Test
  void noRoleReachesMoreOfOthersThanTheOneAboveItButTheAudit() {
    Set<Action> admin = allowed(person(Role.ADMIN), false);
    assertThat(allowed(person(Role.OWNER), false)).containsAll(admin);
    assertThat(admin).containsAll(allowed(person(Role.MEMBER), false));
    assertThat(allowed(person(Role.MEMBER), true)).doesNotContain(Action.AUDIT_READ);
    assertThat(admin).doesNotContain(Action.AUDIT_READ);
  }

  /** The promise of the product: a workspace is its owner's alone. */
  @Test
  void nobodyGetsIntoSomebodyElsesWorkspace() {
    Set<Action> inside =
        EnumSet.of(
            Action.WORKSPACE_READ,
            Action.WORKSPACE_DELETE,
            Action.SESSION_OPEN,
            Action.SESSION_READ,
            Action.TERMINAL_USE);
    for (Role role : Role.values()) {
      assertThat(allowed(person(role), false)).doesNotContainAnyElementsOf(inside);
      assertThat(allowed(mightyProgram(role), false)).doesNotContainAnyElementsOf(inside);
    }
    for (String part : List.of("gateway", "session", "workspace", "auth", "stack")) {
      assertThat(allowed(new Subject.Part(part), false)).doesNotContainAnyElementsOf(inside);
    }
  }
}
