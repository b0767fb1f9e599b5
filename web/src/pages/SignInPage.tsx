// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState, type ReactNode } from 'react';
import { asProblem, type Problem } from '../api/http';
import { navigate } from '../state/route';
import { store } from '../state/store';
import { Mark } from '../ui/icons';
import { ProblemNote } from '../ui/ProblemNote';

const LINK_PROBLEMS = new Set(['link-spent', 'link-expired', 'link-unknown']);

/** Reads the token out of the address once and takes it away from there, so that it stays in no history. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(null, '', '/sign-in');
  return token;
}

export function SignInPage() {
  const [token] = useState(takeToken);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!token) return;
    setProblem(null);
    store.signIn(token).then(
      () => navigate('/', true),
      (error: unknown) => setProblem(asProblem(error)),
    );
  }, [token, tries]);

  if (!token) return <HowToSignIn heading="Sign in with a link" />;
  if (!problem) {
    return (
      <Lone>
        <p role="status">Signing you in…</p>
      </Lone>
    );
  }
  if (problem.passing) {
    return (
      <Lone>
        <ProblemNote problem={problem} onRetry={() => setTries(tries + 1)} />
      </Lone>
    );
  }
  const known = LINK_PROBLEMS.has(problem.slug) || problem.status === 410;
  return (
    <HowToSignIn heading="This link no longer works" testId="link-dead">
      <p data-testid="problem" data-problem={problem.slug}>
        {known ? 'A sign-in link works once and for 15 minutes. This one was used already or is too old.' : problem.title}
      </p>
    </HowToSignIn>
  );
}

export function SignedOutPage() {
  return (
    <HowToSignIn heading="You are signed out" testId="signed-out">
      <p>This browser no longer has access. Open workspaces lock by themselves when nobody uses them.</p>
    </HowToSignIn>
  );
}

function HowToSignIn({ heading, testId = 'sign-in', children }: { heading: string; testId?: string; children?: ReactNode }) {
  return (
    <Lone testId={testId}>
      <h2>{heading}</h2>
      {children}
      <p>To get a new link, run this in the folder that Cofferdam was started from:</p>
      <pre className="command" tabIndex={0} aria-label="Command for a new link">
        <span aria-hidden="true">$ </span>./coffer link
      </pre>
      <p className="faint">Then open the address that it prints, in this browser.</p>
    </Lone>
  );
}

function Lone({ children, testId }: { children: ReactNode; testId?: string }) {
  return (
    <main className="lone" data-testid={testId}>
      <h1 className="brand">
        <Mark size={30} /> Cofferdam
      </h1>
      {children}
    </main>
  );
}
