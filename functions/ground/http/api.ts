import type { Hono, Context as HonoContext } from 'hono';
import type { Schema } from 'hono/types';
import type { Store } from '../../../db/store.ts';
import type { Actor, Context, Runtime, WakeTime } from '../platform/context.ts';

/** What the HTTP API stands on. */
export interface AppDeps {
  runtime: Runtime;
  /** The database of this request: shared on Node, its own on Workers. */
  openStore: () => Store;
  /** Sends waiting mail; `waitUntil` keeps a Worker alive for it. */
  wakeMail?: (when: WakeTime, waitUntil: WaitUntil) => void;
}

export type WaitUntil = (work: Promise<unknown>) => void;

export interface ApiEnv {
  Variables: { deps: AppDeps };
}

/** Some routes to mount, whatever they take and answer. */
export type Routes = Hono<ApiEnv, Schema, string>;

export type ApiContext = HonoContext<ApiEnv>;

/** What an operation needs, on behalf of whoever asks. */
export function contextFor(c: ApiContext, actor: Actor): Context {
  const { runtime, openStore, wakeMail } = c.get('deps');
  const waitUntil = waitUntilOf(c);
  return { ...runtime, db: openStore(), actor, waitUntil, wakeMail: (when) => wakeMail?.(when, waitUntil) };
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
