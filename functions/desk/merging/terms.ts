import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';

/** For so long a merge can be undone. */
export const UNDO_MS = 30 * 86_400_000;

/** @throws {AppError} `unauthenticated`, `scope_missing`, `forbidden` */
export function allowMerging({ actor }: Pick<Context, 'actor'>): void {
  allow(actor, 'customers:write');
  allow(actor, 'orders:write');
}
