import { type Actor, type Scope, scopes } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';

const known = new Map<string, Scope>(scopes.map((scope) => [scope, scope]));
const parsed = new Map<string, readonly Scope[]>();

/** Scopes as they are stored, space-separated; unknown ones of a later release are left out. */
export function scopesOf(stored: string): readonly Scope[] {
  const cached = parsed.get(stored);
  if (cached !== undefined) return cached;
  const list = stored.split(' ').flatMap((name) => known.get(name) ?? []);
  parsed.set(stored, list);
  return list;
}

/** Keys open the whole business to a program, so only its owner hands them out. @throws {AppError} `forbidden` */
export function assertOwner(actor: Actor): void {
  const isOwner = actor.kind === 'system' || (actor.kind === 'staff' && actor.role === 'owner');
  if (!isOwner) throw new AppError('forbidden', 'Only an owner may manage API keys.');
}
