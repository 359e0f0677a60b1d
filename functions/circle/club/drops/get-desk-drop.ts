import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { readTexts, type Texts } from '../texts.ts';
import { type ClaimState, claimStateOf } from './claim-state.ts';
import { findDrop, listClaims } from './queries.ts';

/** A drop with its line, as staff see it. */
export interface DeskDrop {
  id: string;
  texts: Texts;
  stock: number;
  taken: number;
  waiting: number;
  closesAt: number;
  closedAt: number | null;
  claims: (ClaimState & {
    customerId: string;
    email: string;
    name: string | null;
    memberNumber: string | null;
  })[];
}

/** @throws {AppError} `not_found` */
export async function getDeskDrop(ctx: Context, { dropId }: { dropId: string }): Promise<DeskDrop> {
  allow(ctx.actor, 'customers:read');
  const [[drop], claims] = await Promise.all([findDrop(ctx.db, { dropId }), listClaims(ctx.db, { dropId })]);
  if (drop === undefined) throw new AppError('not_found', 'There is no such drop.');
  const { id, stock, taken, waiting, closesAt, closedAt } = drop;
  return {
    id,
    texts: readTexts(drop.texts),
    stock,
    taken,
    waiting,
    closesAt,
    closedAt,
    claims: claims.map((row) => {
      const { customerId, email, name, memberNumber } = row;
      return { ...claimStateOf(row), customerId, email: email ?? '', name, memberNumber };
    }),
  };
}
