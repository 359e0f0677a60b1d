import { z } from 'zod';
import { instantAnswer, instantText } from '../../../ground/platform/answer.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { assert } from '../../../ground/platform/errors.ts';
import type { ClaimState } from './claim-state.ts';
import { findClaim } from './queries.ts';

/** What a claim came to when it was made. */
export const claimAnswer = z
  .object({
    id: z.string(),
    dropId: z.string(),
    /** Number in the line of all claims, from 1. */
    number: z.int(),
    state: z.enum(['yours', 'waiting']),
    at: instantAnswer,
  })
  .meta({ id: 'DropClaim' });
export type ClaimAnswer = z.infer<typeof claimAnswer>;

export function toClaimAnswer({ claimId, dropId, number, state, at }: ClaimState): ClaimAnswer {
  const hadPiece = state === 'yours' || state === 'collected' || state === 'expired';
  return { id: claimId, dropId, number, state: hadPiece ? 'yours' : 'waiting', at: instantText(at) };
}

/** Kept by its id: number and piece are in its rows, which are never changed. */
export const keptClaim = {
  keep: ({ id }: ClaimAnswer) => ({ id }),
  restore: async (ctx: Context, text: string): Promise<string> => {
    const { id }: { id: string } = JSON.parse(text);
    const [row] = await findClaim(ctx.db.fresh, { claimId: id });
    assert(row !== undefined, 'a claim stays');
    const answer: ClaimAnswer = {
      id,
      dropId: row.dropId,
      number: row.seq,
      state: row.grantedAt === row.at ? 'yours' : 'waiting',
      at: instantText(row.at),
    };
    return JSON.stringify(answer);
  },
};

export const dropAnswer = z
  .object({
    id: z.string(),
    /** By language. */
    titles: z.record(z.string(), z.string()),
    sku: z.string().nullable(),
    stock: z.int(),
    left: z.int(),
    waiting: z.int(),
    windows: z.array(z.object({ level: z.string().nullable(), opensAt: instantAnswer })),
    closesAt: instantAnswer,
    closedAt: instantAnswer.nullable(),
  })
  .meta({ id: 'Drop' });
export type DropAnswer = z.infer<typeof dropAnswer>;
