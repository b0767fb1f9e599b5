// SPDX-License-Identifier: Apache-2.0
import type { FieldError, ProblemBody } from './types';

/** Longer than the five seconds in which the gateway promises an answer, so that its words win over ours. */
const ANSWER_WITHIN_MS = 9_000;

/** Every failed call ends as one of these; `slug` is stable, the rest is text for people. */
export class Problem extends Error {
  readonly slug: string;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly id: string | undefined;
  readonly errors: readonly FieldError[];

  constructor(body: ProblemBody, status: number) {
    super(body.title ?? `The server answered ${status}`);
    this.slug = (body.type ?? '').split('/').pop() || `http-${status}`;
    this.status = body.status ?? status;
    this.title = this.message;
    this.detail = body.detail ?? '';
    this.id = body.id;
    this.errors = body.errors ?? [];
  }

  /** True when trying again later can help: the gateway or something behind it is away. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export function unreachable(): Problem {
  return new Problem(
    {
      type: 'unreachable',
      title: 'Cofferdam does not answer',
      detail: 'It is stopped, restarting, or this device is offline. Nothing is lost.',
    },
    0,
  );
}

export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : unreachable();
}

function request(method: string, body: unknown, signal: AbortSignal): RequestInit {
  const init: RequestInit = { method, signal, credentials: 'same-origin', cache: 'no-store', redirect: 'error' };
  if (method === 'GET') return init;
  init.headers = { 'X-Coffer': '1', 'Content-Type': 'application/json' };
  init.body = JSON.stringify(body ?? {});
  return init;
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text().catch(() => '');
  try {
    return new Problem(JSON.parse(text) as ProblemBody, response.status);
  } catch {
    return new Problem({ title: `The server answered ${response.status}` }, response.status);
  }
}

/** Calls the gateway and returns the JSON it answers, or undefined where it answers none. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, request(method, body, AbortSignal.timeout(ANSWER_WITHIN_MS)));
  } catch {
    throw unreachable();
  }
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Posts and hands over each line of a newline-delimited JSON answer as it arrives. */
export async function stream<T>(path: string, onLine: (line: T) => void, signal: AbortSignal, body: object = {}): Promise<void> {
  let response: Response;
  try {
    response = await fetch(path, request('POST', body, signal));
  } catch {
    throw unreachable();
  }
  if (!response.ok || !response.body) throw await problemOf(response);
  const lines = new LineBuffer();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const part = await reader.read().catch(() => {
      throw unreachable();
    });
    for (const line of part.done ? lines.rest() : lines.add(part.value)) onLine(JSON.parse(line) as T);
    if (part.done) return;
  }
}

/** Cuts text that arrives in arbitrary pieces into lines. */
export class LineBuffer {
  private pending = '';

  add(text: string): string[] {
    const lines = (this.pending + text).split('\n');
    this.pending = lines.pop() ?? '';
    return lines.filter((line) => line.trim() !== '');
  }

  rest(): string[] {
    return this.add('\n');
  }
}
