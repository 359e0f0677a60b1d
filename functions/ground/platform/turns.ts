/** Where the requests of one run of the jobs are counted: how what takes longer than that is cut into turns. */
export interface Turns {
  /**
   * Begins the turn of a job; it is asked after each step whether the turn is over, and what is left waits for the next run.
   * One that takes `half` of the requests that are left leaves as many to the jobs behind it.
   */
  begin: (takes: 'half' | 'rest') => () => boolean;
}

/** The platform ends a trigger after a quarter of an hour at the latest; the next one comes in a minute. */
const TURN_MS = 25_000;

/** Turns of a run that may ask others so often; a step that is begun asks on. */
export function openTurns({
  now,
  requestsLeft,
}: {
  now: () => number;
  /** Less than 0 once there are none. */
  requestsLeft: () => number;
}): Turns {
  return {
    begin: (takes) => {
      const until = now() + TURN_MS;
      const kept = takes === 'half' ? requestsLeft() / 2 : 0;
      return () => now() > until || requestsLeft() <= kept;
    },
  };
}
