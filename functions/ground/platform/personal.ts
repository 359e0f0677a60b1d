import type { Actor } from './context.ts';
import { AppError } from './errors.ts';

const isAnalyst = (actor: Actor): boolean => actor.kind === 'staff' && actor.role === 'analyst';

/**
 * Whether pages tell the reader more of people than who they are: telephone, postal address, bank account, own fields and
 * what they told about themselves. Analysts are told the name and the address people are known by, see decision 0047.
 */
export const mayReadPrivate = (actor: Actor): boolean => !isAnalyst(actor);

/**
 * Whether files name people: a file leaves the house. It does for keys that may read customers and for staff other than
 * analysts, to whom a pseudonym or nothing stands for each person.
 */
export function mayReadPersonal(actor: Actor): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind === 'key') return actor.scopes.includes('customers:read');
  return actor.kind === 'staff' && !isAnalyst(actor);
}

/** Lets pass who may take a file that is of no use without names. @throws {AppError} `forbidden` for analysts */
export function allowNamedFile(actor: Actor): void {
  if (isAnalyst(actor)) throw new AppError('forbidden', 'This file names people.');
}
