import type { Actor, Context, Role, Scope } from './context.ts';
import { AppError } from './errors.ts';

const rolesThatMay: Record<Scope, readonly string[]> = {
  'orders:read': ['owner', 'manager', 'agent', 'analyst'],
  'orders:write': ['owner', 'manager', 'agent'],
  'customers:read': ['owner', 'manager', 'agent', 'analyst'],
  'customers:write': ['owner', 'manager', 'agent'],
  'redemptions:read': ['owner', 'manager', 'agent', 'analyst'],
  'redemptions:write': ['owner', 'manager', 'agent'],
  'feedback:read': ['owner', 'manager', 'agent', 'analyst'],
  'feedback:write': ['owner', 'manager', 'agent'],
  'programme:read': ['owner', 'manager', 'analyst'],
};

/**
 * Lets pass whoever may do what the scope names: the command line and jobs, keys that carry it, staff by role.
 * @throws {AppError} `unauthenticated`, `scope_missing`, `forbidden`
 */
export function allow(actor: Actor, scope: Scope): void {
  if (actor.kind === 'system') return;
  if (actor.kind === 'key') {
    if (actor.scopes.includes(scope)) return;
    throw new AppError('scope_missing', `This key lacks the scope ${scope}.`);
  }
  if (actor.kind === 'staff' && rolesThatMay[scope].includes(actor.role)) return;
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated', 'Sign in first.');
  throw new AppError('forbidden', 'This is not yours to do.');
}

/**
 * Lets pass the command line, the jobs and staff in one of some roles.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export function allowRole(actor: Actor, roles: readonly Role[]): void {
  if (actor.kind === 'system' || (actor.kind === 'staff' && roles.includes(actor.role))) return;
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated', 'Sign in first.');
  throw new AppError('forbidden', 'This is not yours to do.');
}

/** The signed-in customer. @throws {AppError} `unauthenticated` */
export function customerIdOf({ actor }: Pick<Context, 'actor'>): string {
  if (actor.kind !== 'customer') throw new AppError('unauthenticated', 'Sign in first.');
  return actor.id;
}
