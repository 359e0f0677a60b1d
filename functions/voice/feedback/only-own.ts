import type { Actor } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';

/** Who alone may be read of as having served: an agent reads of no colleague; null for everybody. */
export const onlyOwn = (actor: Actor): string | null =>
  actor.kind === 'staff' && actor.role === 'agent' ? actor.id : null;

/** Lets pass whoever may say and read whom customers were served by. @throws {AppError} `forbidden` to an agent, of a colleague */
export function allowOf(actor: Actor, servedById: string | null): void {
  const only = onlyOwn(actor);
  if (only === null || servedById === null || servedById === only) return;
  throw new AppError('forbidden', 'What was said of a colleague is theirs, and the managers’, to know.');
}
