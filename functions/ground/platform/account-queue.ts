/**
 * Runs work on one account after the other within this process, so that two decisions rarely meet at the
 * optimistic lock. Work under other keys goes on side by side.
 */
export interface AccountQueue {
  run<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
}

export function createAccountQueue(): AccountQueue {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run: (key, work) => {
      const before = tails.get(key);
      const result = before === undefined ? work() : before.then(work, work);
      const tail = result.then(ignore, ignore);
      tails.set(key, tail);
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      return result;
    },
  };
}

const ignore = () => null;

/** How often whoever is next looks whether it is their turn; those behind look less often. */
const POLL_MS = 4;
/** A request that was cut off never leaves the line by itself; after this long the next goes on without it. */
const PATIENCE_MS = 1000;

/**
 * The same for Workers, where one request may not wait for another's promise: each looks by a timer of its own
 * whether its turn has come. Only a courtesy, as the optimistic lock decides: within one isolate, and never for long.
 */
export function createPollingQueue(): AccountQueue {
  const lines = new Map<string, object[]>();
  return {
    run: async (key, work) => {
      const line = lines.get(key) ?? [];
      const ticket = {};
      line.push(ticket);
      lines.set(key, line);
      try {
        await turnOf(line, ticket);
        return await work();
      } finally {
        leave(line, ticket);
        if (line.length === 0 && lines.get(key) === line) lines.delete(key);
      }
    },
  };
}

async function turnOf(line: object[], ticket: object): Promise<void> {
  let first = line[0];
  let since = performance.now();
  for (let place = line.indexOf(ticket); place > 0; place = line.indexOf(ticket)) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS * place));
    if (line[0] !== first) {
      first = line[0];
      since = performance.now();
    } else if (first !== undefined && performance.now() - since > PATIENCE_MS) {
      leave(line, first);
    }
  }
}

function leave(line: object[], ticket: object): void {
  const place = line.indexOf(ticket);
  if (place !== -1) line.splice(place, 1);
}
