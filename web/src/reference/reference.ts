// SPDX-License-Identifier: Apache-2.0

export interface ApiField {
  readonly name: string;
  readonly type: string;
}

export interface ApiAnswer {
  readonly status: string;
  readonly description: string;
  /** Types of problems that it can be, where the description names them. */
  readonly types: readonly string[];
  readonly fields: readonly ApiField[];
}

export interface ApiRoute {
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** The word of a key's scope, and how each kind of asker is answered. */
  readonly permission: { readonly action: string; readonly answers: Readonly<Record<string, string>> } | null;
  readonly parameters: readonly { readonly name: string; readonly place: string; readonly required: boolean }[];
  readonly body: readonly ApiField[];
  readonly answers: readonly ApiAnswer[];
}

export interface ApiProblem {
  readonly type: string;
  readonly status: string;
  readonly meaning: string;
  readonly advice: string;
}

export interface Reference {
  readonly routes: readonly ApiRoute[];
  /** What a request is answered for which none of the routes is. */
  readonly elsewhere: readonly ApiAnswer[];
  readonly problems: readonly ApiProblem[];
}

/** Routes by the thing that they are about, which is the word after /api. */
export function grouped(routes: readonly ApiRoute[], wanted: string): ReadonlyMap<string, readonly ApiRoute[]> {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, ApiRoute[]>();
  for (const route of routes) {
    const text = `${route.method} ${route.path} ${route.summary} ${route.permission?.action ?? ''}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const group = route.path.split('/')[2] ?? '';
    groups.set(group, [...(groups.get(group) ?? []), route]);
  }
  return groups;
}

/** A tag of the routes as a heading; its first letter is a capital by style. */
export function groupTitle(group: string): string {
  return group.replace(/-/g, ' ').replace(/\b(api|ssh)\b/gi, (word) => word.toUpperCase());
}
