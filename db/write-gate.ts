import { StoreUnavailable } from './store.ts';

/** Lets a few writes at once through to a database server; the others wait in line, about in the order they came. */
export interface WriteGate {
  /** @throws {StoreUnavailable} `BUSY` when no place was free before `deadline`, in milliseconds of `performance.now()` */
  run<Result>(work: () => Promise<Result>, deadline: number): Promise<Result>;
}

export interface WriteGateOptions {
  /** How many may be inside at once. */
  places: number;
  /** Work inside for longer than this was cut off with its request, in milliseconds. */
  lease_ms: number;
}

/** Each looks by a timer of its own; those behind look less often. */
const POLL_MS = 5;
const POLL_MS_MAX = 200;
/** Who has not looked for this long was cut off with their request. */
const GONE_MS = 1000;

interface Ticket {
  /** When it was last looked for; once inside, when it came in. */
  at: number;
}

/**
 * Made for one process or one isolate. On Workers a request may be cut off while it waits or writes, and then never
 * leaves by itself; so places are leased. Nor may one request wake another: when the one that resolves a promise ends
 * first, the one that awaits it hangs for ever. So everybody looks by themselves.
 */
export function createWriteGate({ places, lease_ms }: WriteGateOptions): WriteGate {
  let inside: Ticket[] = [];
  let line: Ticket[] = [];

  function enters(ticket: Ticket): boolean {
    const now = performance.now();
    ticket.at = now;
    inside = inside.filter(({ at }) => now - at < lease_ms);
    line = line.filter(({ at }) => now - at < GONE_MS);
    if (!line.includes(ticket)) line.push(ticket);
    if (line.indexOf(ticket) >= places - inside.length) return false;
    line = without(line, ticket);
    inside.push(ticket);
    return true;
  }

  return {
    run: async (work, deadline) => {
      const ticket: Ticket = { at: performance.now() };
      while (!enters(ticket)) {
        if (ticket.at > deadline) {
          line = without(line, ticket);
          throw new StoreUnavailable('BUSY');
        }
        await pause(Math.min(POLL_MS_MAX, POLL_MS * (line.indexOf(ticket) + 1)));
      }
      try {
        return await work();
      } finally {
        inside = without(inside, ticket);
      }
    },
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const without = (tickets: readonly Ticket[], gone: Ticket) => tickets.filter((ticket) => ticket !== gone);
