// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { asProblem, call, type Problem } from '../api/http';
import { useArrival } from '../state/arrival';
import { ProblemNote } from '../ui/ProblemNote';
import { entered } from './entered';
import { Lone } from './Lone';
import { RefusalWords } from './Refusal';
import { Ways } from './Ways';
import { wordsFromAddress } from './words';

const LINK_PROBLEMS = new Set(['link-spent', 'link-expired', 'link-unknown']);

export default function SignInPage({ signedOut = false }: { signedOut?: boolean }) {
  const { token, count } = useArrival();
  if (token) return <WithToken key={count} token={token} />;
  return signedOut ? <SignedOut /> : <SignIn />;
}

function WithToken({ token }: { token: string }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    setProblem(null);
    call('POST', '/api/sign-in', { token }).then(entered, (error: unknown) => setProblem(asProblem(error)));
  }, [token, tries]);

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
  return <DeadLink problem={problem} />;
}

function SignIn() {
  const [refusal] = useState(() => wordsFromAddress(location.search));
  return (
    <Lone testId="sign-in">
      <h2>Sign in</h2>
      {refusal && <RefusalWords words={refusal} slug="provider" />}
      <Ways />
    </Lone>
  );
}

function SignedOut() {
  return (
    <Lone testId="signed-out">
      <h2>You are signed out</h2>
      <p>This browser no longer has access, and the workspaces that it opened are locked.</p>
      <Ways />
    </Lone>
  );
}

function DeadLink({ problem }: { problem: Problem }) {
  const known = LINK_PROBLEMS.has(problem.slug) || problem.status === 410;
  return (
    <Lone testId="link-dead">
      <h2>This link no longer works</h2>
      <p data-testid="problem" data-problem={problem.slug}>
        {known ? 'A sign-in link works once and for 15 minutes. This one was used already or is too old.' : problem.title}
      </p>
      <Ways />
    </Lone>
  );
}
