import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';

/** What decides who works here: owners, and whoever runs the command line. @throws {AppError} `forbidden` */
export function assertOwner({ actor }: Pick<Context, 'actor'>): void {
  if (actor.kind === 'system' || (actor.kind === 'staff' && actor.role === 'owner')) return;
  throw new AppError('forbidden', 'Only owners may manage the team.');
}

/** Nobody takes their own access away, so that there always is an owner. @throws {AppError} `forbidden` */
export function assertOthers({ actor }: Pick<Context, 'actor'>, memberId: string): void {
  if (actor.kind === 'staff' && actor.id === memberId)
    throw new AppError('forbidden', 'Ask another owner to change your own access.');
}
