import type { Actor, Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';

/** Somebody who can be signed in. */
export interface KnownPerson {
  kind: 'customer' | 'staff';
  id: string;
}

/** Who acts in a session. @throws {AppError} `unauthenticated` for all others */
export function signedInPerson(actor: Actor): KnownPerson {
  if (actor.kind === 'customer' || actor.kind === 'staff') return { kind: actor.kind, id: actor.id };
  throw new AppError('unauthenticated', 'Sign in first.');
}

/** What only that person may do, or who owns the deployment. @throws {AppError} `not_found` */
export function assertPerson({ actor }: Pick<Context, 'actor'>, { kind, id }: KnownPerson): void {
  if (actor.kind === 'system' || (actor.kind === kind && actor.id === id)) return;
  throw new AppError('not_found', 'There is no such person.');
}
