import { actorName, type Context } from '../../ground/platform/context.ts';
import type { Look } from '../../ground/platform/look-book.ts';

/**
 * Notes that somebody of the business, or a program of it, looks at the data of a customer. It costs memory alone: the line is
 * written behind the answer. What customers read of themselves, and what commands and jobs do, is not noted.
 */
export function noteLook(ctx: Context, look: Look): void {
  const { actor, looks, db, now, log, waitUntil = () => undefined } = ctx;
  if (actor.kind !== 'staff' && actor.kind !== 'key') return;
  looks?.note({ db, now, log, waitUntil, actor: actorName(actor) }, look);
}
