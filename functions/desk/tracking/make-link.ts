import { portalAddress } from '../../ground/outbox/letters.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { linkEnd, orderLinkOf } from './order-link.ts';
import { findLinkedByKey } from './queries.ts';
import type { OrderLinkAnswer } from './schema.ts';

type OrderKey = { source: string; number: string };

/**
 * A link as mails about an order carry it, for the mail that a shop sends by itself.
 * @throws {AppError} `not_found`, also for an order of somebody without an address
 */
export async function makeOrderLink(
  ctx: Context,
  key: OrderKey,
  options: Alongside<OrderLinkAnswer> = {},
): Promise<OrderLinkAnswer> {
  allow(ctx.actor, 'orders:write');
  const answer = await linkTo(ctx, key, ctx.now());
  const kept = options.alongside?.(answer, 201) ?? [];
  if (kept.length > 0) await ctx.db.write(kept);
  return answer;
}

async function linkTo(ctx: Context, { source, number }: OrderKey, madeAt: number): Promise<OrderLinkAnswer> {
  const [{ identity }, order] = await Promise.all([
    getBusiness(ctx),
    findLinkedByKey(ctx.db.fresh, { source, number }),
  ]);
  if (order === null || order.email === null) throw new AppError('not_found', 'There is no such order.');
  const made = { kind: 'mail', madeAt } as const;
  const token = orderLinkOf(ctx.config.secret, { ...order, email: order.email }, made);
  const { publicUrl } = ctx.config;
  const { languages } = identity;
  return {
    ...{ source, number, madeAt: instantText(madeAt), opensUntil: instantText(linkEnd(made)) },
    url: portalAddress(`/track/${token}`, { publicUrl, languages, language: languages[0] }),
  };
}

/** The link itself is kept nowhere: a replay makes it again, of the same moment. */
export const keptOrderLink = {
  keep: ({ source, number, madeAt }: OrderLinkAnswer) => ({ source, number, madeAt: Date.parse(madeAt) }),
  restore: async (ctx: Context, text: string): Promise<string> => {
    const kept: OrderKey & { madeAt: number } = JSON.parse(text);
    return JSON.stringify(await linkTo(ctx, kept, kept.madeAt));
  },
};
