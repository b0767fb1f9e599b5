// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';

const LONG_MS = 10_000;

/** The way out of an unlock that takes long. `startedAt` is on performance.now()'s clock. */
export function LongWait({ startedAt, onStop }: { startedAt: number; onStop: () => void }) {
  const isLong = () => performance.now() - startedAt >= LONG_MS;
  const [long, setLong] = useState(isLong);
  useEffect(() => {
    setLong(isLong());
    const timer = setTimeout(() => setLong(true), Math.max(0, startedAt + LONG_MS - performance.now()));
    return () => clearTimeout(timer);
  }, [startedAt]);
  return (
    <div role="status" data-testid="long-wait">
      {long && (
        <>
          <p className="soft">This takes longer than usual. Go on waiting, or stop and try again. If the server opens it after all, it is shown here as open.</p>
          <button type="button" className="button" onClick={onStop} data-testid="stop-waiting">
            Stop waiting
          </button>
        </>
      )}
    </div>
  );
}
