// SPDX-License-Identifier: Apache-2.0
import type { Person } from '../api/identity';
import { SshKeySection } from '../credentials/SshKeySection';

export function PersonKeys({ person }: { person: Person }) {
  return (
    <SshKeySection
      path={`/api/people/${person.id}/ssh-keys`}
      lead={`${person.name} signs in with a signature of one of these. One that you add is not proven until it has signed in.`}
      empty="No key yet. With an invitation they would add one themselves."
    />
  );
}
