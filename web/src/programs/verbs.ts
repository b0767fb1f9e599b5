// SPDX-License-Identifier: Apache-2.0

/** What a program may be allowed to do. The words are those of the server's decisions. */
export interface Verb {
  readonly word: string;
  readonly text: string;
  /** Cannot be narrowed to one workspace. */
  readonly whole?: boolean;
}

export interface VerbGroup {
  readonly title: string;
  readonly verbs: readonly Verb[];
}

export const VERB_GROUPS: readonly VerbGroup[] = [
  {
    title: 'Look',
    verbs: [
      { word: 'profile.read', text: 'Know who you are', whole: true },
      { word: 'workspace.list', text: 'List workspaces' },
      { word: 'workspace.read', text: 'See a workspace' },
      { word: 'session.list', text: 'List open sessions' },
      { word: 'session.read', text: 'See a session' },
      { word: 'events.follow', text: 'Follow what happens' },
    ],
  },
  {
    title: 'Work',
    verbs: [
      { word: 'session.open', text: 'Unlock' },
      { word: 'session.lock', text: 'Lock' },
      { word: 'terminal.use', text: 'Use terminals' },
    ],
  },
  {
    title: 'Make and destroy',
    verbs: [
      { word: 'workspace.create', text: 'Create workspaces', whole: true },
      { word: 'workspace.delete', text: 'Delete workspaces for good' },
    ],
  },
];

export interface Scope {
  readonly verb: string;
  readonly workspaceId?: string | null;
}

/** The chosen verbs for one workspace, or for all where none is given. */
export function scopesOf(chosen: ReadonlySet<string>, workspaceId: string): readonly Scope[] {
  const verbs = VERB_GROUPS.flatMap((group) => group.verbs).filter((verb) => chosen.has(verb.word));
  if (!workspaceId) return verbs.map((verb) => ({ verb: verb.word }));
  return verbs.filter((verb) => !verb.whole).map((verb) => ({ verb: verb.word, workspaceId }));
}

export function expiryOf(days: string, now = Date.now()): string {
  return new Date(now + Number(days) * 86_400_000).toISOString();
}
