// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { asProblem, type Problem } from '../api/http';
import { CopyBox } from '../ui/CopyBox';
import { ProblemNote } from '../ui/ProblemNote';
import { Section } from '../ui/Section';
import { exact } from '../ui/times';
import { newestHead, query, type AuditHead, type Filter } from './ledger';

/** All of it to take along, and what it takes to check it where nobody of this server has a say. */
export function Exports({ filter }: { filter: Filter }) {
  return (
    <Section title="Take it along" lead="The whole ledger with its signatures is checked by the command below on any computer, with the public key alone. It names the first line that was changed, left out or added.">
      <p className="faint" data-testid="audit-head">
        <Head />
      </p>
      <div className="form-row">
        <a className="button" href="/api/audit/export" download="audit.jsonl" data-testid="audit-export">
          Whole ledger
        </a>
        <a className="button" href="/api/audit/key" download="audit-key.pem" data-testid="audit-key">
          Public key
        </a>
        <a className="button" href={`/api/audit/export${query(filter, { format: 'csv' })}`} download="audit.csv" data-testid="audit-csv">
          Lines above as a table
        </a>
      </div>
      <div className="form-row">
        <CopyBox text="./coffer audit verify audit.jsonl --key audit-key.pem" what="the command" prompt testId="audit-command" />
      </div>
    </Section>
  );
}

function Head() {
  const [head, setHead] = useState<AuditHead | null | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    newestHead().then(setHead, (error: unknown) => setProblem(asProblem(error)));
  }, []);
  if (problem) return <ProblemNote problem={problem} />;
  if (head === undefined) return <>Looking for the newest signature…</>;
  if (head === null) return <>Nothing is signed yet: that takes ten seconds after the first line.</>;
  return (
    <>
      {head.size} lines signed on {exact(head.at)}, root <span className="fingerprint">{head.root}</span>
    </>
  );
}
