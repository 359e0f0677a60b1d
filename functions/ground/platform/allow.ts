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
  'archive:read': ['owner'],
  'archive:write': ['owner'],
  'backups:read': ['owner'],
  'backups:write': ['owner'],
  'texts:read': ['owner', 'manager'],
  'texts:write': ['owner', 'manager'],
  'imports:read': ['owner', 'manager'],
  'imports:write': ['owner', 'manager'],
  'segments:read': ['owner', 'manager', 'agent', 'analyst'],
  'segments:write': ['owner', 'manager'],
  'contacts:read': ['owner', 'manager', 'agent', 'analyst'],
  'contacts:write': ['owner', 'manager', 'agent'],
  'settings:read': ['owner', 'manager', 'analyst'],
  'settings:write': ['owner', 'manager'],
  'campaigns:read': ['owner', 'manager', 'agent', 'analyst'],
  'campaigns:write': ['owner', 'manager'],
  'advice:read': ['owner', 'manager', 'agent', 'analyst'],
  'advice:write': ['owner', 'manager'],
  'privacy:read': ['owner'],
  'privacy:write': ['owner', 'manager'],
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

/** How long a second factor stands once it was proven, and a sign-in counts as one of now. */
const PROOF_MS = 10 * 60_000;

/**
 * Lets pass who has proven the second factor of their session within ten minutes: what gives powers, moves money or takes
 * everybody's data out asks for this beside {@link allow}. The site puts the question and then acts on what was sent
 * (`src/pipeline/second-proof.ts`). Commands, jobs and keys act in no session and are not asked.
 * @throws {AppError} `proof_needed`
 */
export function allowProven(ctx: Pick<Context, 'actor' | 'now'>): void {
  if (!isProven(ctx)) throw new AppError('proof_needed', 'Prove your second factor again for this.');
}

/** Whether {@link allowProven} lets pass. */
export function isProven({ actor, now }: Pick<Context, 'actor' | 'now'>): boolean {
  return actor.kind !== 'staff' || actor.provenAt === undefined || now() - actor.provenAt < PROOF_MS;
}

/**
 * Lets pass who has signed in within ten minutes: a customer whose session was left open, or borrowed, gives nobody a way in
 * that outlasts it. Staff prove their factor instead, see {@link allowProven}.
 * @throws {AppError} `sign_in_again`
 */
export function allowSignedInLately(ctx: Pick<Context, 'actor' | 'now'>): void {
  if (!isSignedInLately(ctx)) throw new AppError('sign_in_again', 'Sign in again for this.');
}

/** Whether {@link allowSignedInLately} lets pass. */
export function isSignedInLately({ actor, now }: Pick<Context, 'actor' | 'now'>): boolean {
  return actor.kind !== 'customer' || actor.signedInAt === undefined || now() - actor.signedInAt < PROOF_MS;
}

/** The signed-in customer. @throws {AppError} `unauthenticated` */
export function customerIdOf({ actor }: Pick<Context, 'actor'>): string {
  if (actor.kind !== 'customer') throw new AppError('unauthenticated', 'Sign in first.');
  return actor.id;
}
