// SPDX-License-Identifier: Apache-2.0
package dev.cofferdam.edge;

import dev.cofferdam.decisions.Action;
import dev.cofferdam.decisions.Decision;
import dev.cofferdam.decisions.Decisions;
import dev.cofferdam.decisions.Resource;
import dev.cofferdam.decisions.Subject;
import dev.cofferdam.identity.UserId;
import dev.cofferdam.problems.Problem;
import dev.cofferdam.problems.ProblemException;
import dev.cofferdam.refusals.Look;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/** What who asks may do. Made once for a resource; each call looks at the present request. */
public final class Access {
  private static final Logger LOG = Logger.getLogger(Access.class);

  private final Supplier<Subject> asking;
  private final Supplier<String> credential;
  private final Consumer<Look> looks;

  /** For the bearer of an access token, where nothing is shown that is others'. */
  public Access(JsonWebToken token) {
    this(token, Access::refuse);
  }

  /**
   * For the bearer of an access token.
   *
   * @param looks told before somebody is shown what is others'; if it fails they are not
   */
  public Access(JsonWebToken token, Consumer<Look> looks) {
    this(() -> Subjects.of(token), () -> AccessTokens.credential(token), looks);
  }

  /** For whoever it is that the supplier names when it is asked. */
  public Access(Supplier<Subject> asking) {
    this(asking, () -> "", Access::refuse);
  }

  /** The same where it is known what they have shown, which is told of who is refused. */
  public Access(Supplier<Subject> asking, Supplier<String> credential, Consumer<Look> looks) {
    this.asking = asking;
    this.credential = credential;
    this.looks = looks;
  }

  /** Nobody is shown anything that nobody is told of. */
  private static void refuse(Look look) {
    throw new IllegalStateException("nobody tells of " + look.what());
  }

  /**
   * Who asks.
   *
   * @throws ProblemException 401 for a token that does not say
   */
  public Subject subject() {
    return asking.get();
  }

  /** The person, or the one whose program it is. */
  public UserId user() {
    return user(subject());
  }

  private static UserId user(Subject subject) {
    return switch (subject) {
      case Subject.Person person -> person.user();
      case Subject.Program program -> program.user();
      case Subject.SignedOut s -> throw new ProblemException(Problem.signedOut());
      case Subject.Part part -> throw new ProblemException(Problem.signedOut());
    };
  }

  /**
   * @throws ProblemException 401, 403 or, as for what is not there, 404
   */
  public void require(Action action, Resource resource) {
    admit(action, resource);
    tell(action, resource);
  }

  /**
   * The same before anything is looked up or shown, so that nobody is told of it.
   *
   * @throws ProblemException 401, 403 or, as for what is not there, 404
   */
  public void admit(Action action, Resource resource) {
    admit(subject(), action, resource);
  }

  private void admit(Subject subject, Action action, Resource resource) {
    Decision decision = Decisions.decide(subject, action, resource);
    if (decision instanceof Decision.Refused refused) {
      LOG.debugf("refused: %s to %s, %s", action.word(), name(subject), refused.reason());
      RefusedException refusal = Refusals.of(refused, subject, action, resource);
      throw new RefusedException(refusal.problem(), refusal.refusal().with(credential.get()));
    }
  }

  private void tell(Action action, Resource resource) {
    if (action.isLook()) {
      tell(user(), action, resource);
    }
  }

  private void tell(UserId user, Action action, Resource resource) {
    if (action.isLook() && resource.owner().filter(user::equals).isEmpty()) {
      String whose = resource.owner().map(UserId::toString).orElse("");
      looks.accept(new Look(action.word(), whose, user, credential.get()));
    }
  }

  /** Ids only: what a person is called is theirs to choose. */
  private static String name(Subject subject) {
    return switch (subject) {
      case Subject.Person person -> person.user().toString();
      case Subject.Program program -> "a program of " + program.user();
      case Subject.SignedOut s -> "nobody";
      case Subject.Part part -> part.name();
    };
  }

  /** For something that the present person has anyway: a list of theirs, or what they make. */
  public void requireOwn(Action action) {
    requireOwn(subject(), action);
  }

  private UserId requireOwn(Subject subject, Action action) {
    UserId user = user(subject);
    Resource own = Resource.of(action.kind(), user);
    admit(subject, action, own);
    tell(user, action, own);
    return user;
  }

  /**
   * A list of what the present person has, as far as they may see it. Who asks is worked out once
   * for all of it.
   *
   * @param find what a person has
   * @throws ProblemException 401 or 403
   */
  public <T> List<T> own(
      Action action, Function<UserId, List<T>> find, Function<T, Resource> resource) {
    Subject subject = subject();
    return seen(subject, action, find.apply(requireOwn(subject, action)), resource);
  }

  /**
   * What was looked up by an id that the client sent; unknown ids are answered like foreign ones.
   *
   * @param resource what a thing that was found is to {@link Decisions}
   */
  public <T> T require(Action action, Optional<T> found, Function<T, Resource> resource) {
    Resource known = found.map(resource).orElseGet(() -> Resource.unknown(action.kind()));
    admit(action, known);
    T thing = found.orElseThrow(() -> Refusals.notFound(action));
    tell(action, known);
    return thing;
  }

  /** What of a list may be seen. */
  public <T> List<T> seen(Action action, List<T> things, Function<T, Resource> resource) {
    return seen(subject(), action, things, resource);
  }

  private static <T> List<T> seen(
      Subject subject, Action action, List<T> things, Function<T, Resource> resource) {
    return things.stream()
        .filter(
            thing ->
                Decisions.decide(subject, action, resource.apply(thing))
                    instanceof Decision.Allowed)
        .toList();
  }

  /** To leave out of a list what may not be seen. */
  public boolean may(Action action, Resource resource) {
    return Decisions.decide(subject(), action, resource) instanceof Decision.Allowed;
  }
}
