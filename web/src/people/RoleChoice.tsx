// SPDX-License-Identifier: Apache-2.0
import type { Role } from '../api/identity';
import { governsOver, ROLES, ROLE_WORDS } from '../state/roles';
import { useStore } from '../state/useStore';
import { Choice } from '../ui/Choice';

/** The roles that somebody may give. */
export function RoleChoice({ value, disabled = false, onChoose }: { value: Role; disabled?: boolean; onChoose: (role: Role) => void }) {
  const { me } = useStore();
  const options = ROLES.filter((role) => role === value || governsOver(me?.user.role, role)).map((role) => ({ value: role, text: ROLE_WORDS[role].name }));
  return <Choice label="Role" value={value} options={options} hint={ROLE_WORDS[value].may} testId="role" disabled={disabled} onChoose={onChoose} />;
}
