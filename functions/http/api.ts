import type { Context as HonoContext } from 'hono';
import type { Store } from '../../db/store.ts';
import type { Actor, Context, Runtime, Urgency } from '../platform/context.ts';

/** What the HTTP API stands on. */
export interface AppDeps {
  runtime: Runtime;
  /** The database of this request: shared on Node, its own on Workers. */
  openStore: () => Store;
  /** Sends waiting mail; `waitUntil` keeps a Worker alive for it. */
  wakeMail?: (urgency: Urgency, waitUntil: WaitUntil) => void;
}

export type WaitUntil = (work: Promise<unknown>) => void;

export interface ApiEnv {
  Variables: { deps: AppDeps };
}

export type ApiContext = HonoContext<ApiEnv>;

/** What an operation needs, on behalf of whoever asks. */
export function contextFor(c: ApiContext, actor: Actor): Context {
  const { runtime, openStore, wakeMail } = c.get('deps');
  return { ...runtime, db: openStore(), actor, wakeMail: (urgency) => wakeMail?.(urgency, waitUntilOf(c)) };
}

function waitUntilOf(c: ApiContext): WaitUntil {
  return (work) => {
    try {
      c.executionCtx.waitUntil(work);
    } catch {
      // Outside of Workers nothing ends while work is under way; what fails has told so itself.
      work.catch(() => undefined);
    }
  };
}
