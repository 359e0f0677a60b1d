import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';

/** What only the customer may do, or the owner of the deployment. @throws {AppError} `not_found` */
export function assertSelf({ actor }: Pick<Context, 'actor'>, customerId: string): void {
  if (actor.kind === 'system' || (actor.kind === 'customer' && actor.id === customerId)) return;
  throw new AppError('not_found', 'There is no such customer.');
}
