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

/** For Workers, where one request may not wait for another's work: the optimistic lock alone decides. */
export const unqueued: AccountQueue = { run: (_key, work) => work() };
