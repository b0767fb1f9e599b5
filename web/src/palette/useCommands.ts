// SPDX-License-Identifier: Apache-2.0
import { useMemo } from 'react';
import { navigate } from '../state/route';
import { works } from '../state/roles';
import { lockFromAnywhere, signOut } from '../state/anywhere';
import { store } from '../state/store';
import { useStore } from '../state/useStore';
import { isOpen } from '../state/vault';
import { placesOf } from '../ui/places';
import { chooseTheme } from '../ui/theme';
import type { Command } from './commands';
import { useOffered } from './offered';

/** Everything that can be reached from where somebody is now. */
export function useCommands(newWorkspace: () => void): readonly Command[] {
  const { me, workspaces, sessions } = useStore();
  const role = me?.user.role;
  const here = useOffered();
  return useMemo(() => {
    const commands: Command[] = [];
    for (const workspace of workspaces ?? []) {
      const session = sessions.get(workspace.id);
      commands.push({ id: `open-${workspace.id}`, text: `Go to ${workspace.name}`, also: 'open workspace terminal', run: () => navigate(`/w/${workspace.id}`) });
      if (session && isOpen(session)) {
        commands.push({ id: `lock-${workspace.id}`, text: `Lock ${workspace.name}`, also: 'close workspace', run: () => void lockFromAnywhere(workspace.name, () => store.lock(session)) });
      }
    }
    commands.push(...here);
    if (works(role)) {
      commands.push(
        { id: 'workspaces', text: 'Workspaces', also: 'home list', keys: ['g', 'w'], run: () => navigate('/') },
        { id: 'new', text: 'New workspace', also: 'create', keys: ['n'], run: newWorkspace },
      );
    }
    for (const place of placesOf(role)) {
      for (const page of place.pages) {
        commands.push({ id: page.to, text: page.text, also: page.also, ...(page.keys ? { keys: page.keys } : {}), run: () => navigate(page.to) });
      }
    }
    commands.push(
      { id: 'theme-system', text: 'Theme of the system', also: 'colours appearance', run: () => chooseTheme('system') },
      { id: 'theme-light', text: 'Light theme', also: 'colours appearance', run: () => chooseTheme('light') },
      { id: 'theme-dark', text: 'Dark theme', also: 'colours appearance', run: () => chooseTheme('dark') },
      { id: 'sign-out', text: 'Sign out', also: 'log leave', run: () => void signOut() },
    );
    return commands;
  }, [role, here, workspaces, sessions, newWorkspace]);
}
