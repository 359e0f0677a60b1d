import type { Site } from '../src/fetch.ts';

/** What answers requests from one database. */
export interface Served {
  site: Site;
  /** Whatever runs by itself ends after its next whole step. */
  end: () => void;
  /** Resolves once it has ended and the database is closed. */
  close: () => Promise<void>;
}

export interface Relay extends Served {
  /** Puts another in place of what is served: requests that come meanwhile wait for it. */
  change: (open: () => Promise<Served>) => Promise<void>;
}

/** How long running requests may take before the database is closed under them. */
const RUNNING_MS_MAX = 1000;

/** Serves from one database until another takes its place, and breaks no request of either. */
export function createRelay(first: Served): Relay {
  let served = first;
  let running = 0;
  let onIdle: () => void = () => undefined;
  let changing: Promise<void> | null = null;

  async function change(open: () => Promise<Served>): Promise<void> {
    served.end();
    await new Promise<void>((resolve) => {
      const deadline = setTimeout(resolve, RUNNING_MS_MAX);
      onIdle = () => {
        clearTimeout(deadline);
        resolve();
      };
      if (running === 0) onIdle();
    });
    await served.close();
    served = await open();
  }

  return {
    site: {
      fetch: async (request, env, execution) => {
        while (changing !== null) await changing;
        running += 1;
        try {
          return await served.site.fetch(request, env, execution);
        } finally {
          running -= 1;
          if (running === 0) onIdle();
        }
      },
    },
    change: (open) => {
      changing ??= change(open).finally(() => {
        changing = null;
      });
      return changing;
    },
    end: () => served.end(),
    close: async () => {
      await changing;
      await served.close();
    },
  };
}
