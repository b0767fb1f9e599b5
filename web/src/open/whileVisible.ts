// SPDX-License-Identifier: Apache-2.0

/** Where pages are hidden and shown again; a document is one. */
export interface Stage extends Pick<Document, 'addEventListener' | 'removeEventListener'> {
  readonly hidden: boolean;
}

/** The second look comes sooner: rates need two. */
export const SECOND_AFTER_MS = 2_500;
export const EVERY_MS = 5_000;

/** Does it now and again and again while the page is seen, one after the other; nothing while it is hidden. Ends it. */
export function whileVisible(work: () => Promise<void>, stage: Stage): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = SECOND_AFTER_MS;
  let busy = false;
  let over = false;
  const look = async (): Promise<void> => {
    clearTimeout(timer);
    if (busy || over || stage.hidden) return;
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
    if (over || stage.hidden) return;
    timer = setTimeout(() => void look(), pause);
    pause = EVERY_MS;
  };
  const turned = (): void => {
    pause = SECOND_AFTER_MS;
    void look();
  };
  stage.addEventListener('visibilitychange', turned);
  void look();
  return () => {
    over = true;
    clearTimeout(timer);
    stage.removeEventListener('visibilitychange', turned);
  };
}
