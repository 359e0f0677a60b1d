import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { getBusiness } from '../../money/business/business.ts';
import { type AttentionItem, findAttention } from './list-attention.ts';
import { findSaying, listActs } from './queries.ts';

export interface AttentionFile extends AttentionItem {
  /** The first day on which it was so no longer. */
  leftOn: string | null;
  /** Whether what it said came true; null while its time is not over. */
  hasHappened: boolean | null;
  acts: Awaited<ReturnType<typeof listActs>>;
  /** Of the value. */
  currency: string | null;
  /** Of its forms: sent twice, they are one act. */
  formKey: string;
}

/** One that a list names, with what was done about it. @throws {AppError} `not_found`, `forbidden` */
export async function getAttention(ctx: Context, { id }: { id: string }): Promise<AttentionFile> {
  allow(ctx.actor, 'customers:read');
  const [{ currency }, item, row, acts] = await Promise.all([
    getBusiness(ctx),
    findAttention(ctx.db, id),
    findSaying(ctx.db, { id }),
    listActs(ctx.db, { sayingId: id }),
  ]);
  if (item === null || row === null) throw new AppError('not_found', 'No list names this.');
  return { ...item, leftOn: row.leftOn, hasHappened: row.hasHappened, acts, currency, formKey: newId() };
}
