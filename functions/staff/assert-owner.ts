import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';

/** What decides who works here: owners, and whoever runs the command line. @throws {AppError} `forbidden` */
export function assertOwner({ actor }: Pick<Context, 'actor'>): void {
  if (actor.kind === 'system' || (actor.kind === 'staff' && actor.role === 'owner')) return;
  throw new AppError('forbidden', 'Only owners may manage the team.');
}
