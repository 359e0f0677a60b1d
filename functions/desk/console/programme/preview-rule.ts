import { z } from 'zod';
import { allowRole } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { type AccountExample, replayAccount } from '../../../money/rehearsal/replay-account.ts';
import type { ProgrammeFile } from '../../../money/rewards/programme.ts';
import { keptFigure } from '../kept-figures.ts';
import { findOwner, findTypical } from './queries.ts';

/** What a rule would have given the customer whose spend is typical of the shop. */
export interface RulePreview extends AccountExample {
  customerId: string;
  name: string;
}

/** Null while nobody has ordered. `file` holds the one rule. @throws {AppError} `forbidden` */
export async function previewRule(ctx: Context, file: ProgrammeFile): Promise<RulePreview | null> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { currency } = file;
  const rootId = await keptFigure(ctx, `typical-account-${currency}`, {
    compute: async () => (await findTypical(ctx.db, { currency }))?.rootId ?? '',
    write: (id) => JSON.stringify(id),
    read: (text) => z.string().parse(JSON.parse(text)),
  });
  if (rootId === '') return null;
  const [business, owner] = await Promise.all([getBusiness(ctx), findOwner(ctx.db, { rootId })]);
  const example = owner === null ? null : await replayAccount(ctx, business, { rootId, file });
  if (owner === null || example === null) return null;
  return { ...example, customerId: owner.customerId, name: owner.name ?? '' };
}
