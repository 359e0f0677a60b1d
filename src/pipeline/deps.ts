import type { Context } from 'hono';
import type { WaitUntil } from '../../functions/ground/http/api.ts';
import type { BodyBudget } from '../../functions/ground/http/body-budget.ts';
import type { Config } from '../../functions/ground/platform/config.ts';
import type { Face } from '../face.ts';
import type { Visit } from '../visit.ts';

/** What the site is built upon: the API beside it, who is asking, and how the business looks. */
export interface SiteDeps {
  api: {
    fetch: (request: Request, env?: object, context?: ExecutionContext) => Response | Promise<Response>;
  };
  openVisit: (request: Request, env: unknown, waitUntil: WaitUntil) => Promise<Visit>;
  /** Where forms may be posted from, and what signs their tokens. */
  config: Pick<Config, 'publicUrl' | 'host' | 'secret'>;
  now: () => number;
  face: () => Promise<Face>;
  /** As it was last known: for answers that the database has no part in. */
  lastFace: () => Face;
  /** A picture that is or was the logo, by its name. */
  findLogo: (name: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** The picture of somebody who works here, by its name. */
  findFace: (name: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  findPicture: (name: string) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** What bodies may hold at once: of who is signed in, and of all others. */
  bodies: { named: BodyBudget; unnamed: BodyBudget };
}

export type ExecutionContext = Context['executionCtx'];

/** Who is asking, with the platform's own way of finishing work after the answer. */
export function openVisitOf(c: Context, { openVisit }: SiteDeps): Promise<Visit> {
  return openVisit(c.req.raw, c.env, (work) => void executionContextOf(c)?.waitUntil(work));
}

function executionContextOf(c: Context): ExecutionContext | undefined {
  try {
    return c.executionCtx;
  } catch {
    return undefined;
  }
}
