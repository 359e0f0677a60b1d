import type { Actor } from '../../ground/platform/context.ts';

/** Margins are no matter of a till, which is an agent's or has a key without the scope. */
export function mayReadMargins(actor: Actor): boolean {
  if (actor.kind === 'key') return actor.scopes.includes('settings:read');
  return actor.kind === 'system' || (actor.kind === 'staff' && actor.role !== 'agent');
}
