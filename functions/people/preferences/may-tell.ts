import { type Channel, type Topic, topicChannels } from '../../ground/outbox/topics.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { loadKnown } from './load-known.ts';
import { type ToldAbout, type Verdict, verdictOf } from './verdict.ts';

/** Somebody who might be told of a topic by a channel. */
export interface PersonTold extends ToldAbout {
  customerId: string;
}

/**
 * Whether somebody may be told of a topic by a channel now, and why not. Whatever reaches customers by itself asks here; what
 * counts against their limits is taken by `tell`.
 */
export async function mayTell(ctx: Context, { customerId, ...asked }: PersonTold): Promise<Verdict> {
  const { known, today } = await loadKnown(ctx, [customerId], asked);
  const one = known.get(customerId);
  return one === undefined ? gone : verdictOf(one, asked, today);
}

/**
 * The same about several people, for staff who are about to reach them unasked. Nobody is left out: who is unknown may not.
 * `premium`, for what sells something, are those of the group `premium` among them.
 * @throws {AppError} `unauthenticated`, `forbidden`, `scope_missing`
 */
export async function listVerdicts(
  ctx: Context,
  customerIds: readonly string[],
  { topic, channel, premium }: { topic: Topic; channel: Channel; premium?: ReadonlySet<string> },
): Promise<ReadonlyMap<string, Verdict>> {
  allow(ctx.actor, 'customers:read');
  const asked = { topic, channel, isLimited: true };
  const { known, today } = await loadKnown(ctx, customerIds, asked);
  const verdicts = customerIds.map((id) => {
    const one = known.get(id);
    const sale = premium === undefined ? {} : { sale: { isToPremium: premium.has(id) } };
    return [id, one === undefined ? gone : verdictOf(one, { ...asked, ...sale }, today)] as const;
  });
  return new Map(verdicts);
}

/** The same about one person and every channel by which staff reach somebody in person. @throws {AppError} as `listVerdicts` */
export async function listInPerson(
  ctx: Context,
  customerId: string,
): Promise<{ channel: InPerson; verdict: Verdict }[]> {
  return Promise.all(
    topicChannels.contact.map(async (channel) => {
      const verdicts = await listVerdicts(ctx, [customerId], { topic: 'contact', channel });
      return { channel, verdict: verdicts.get(customerId) ?? gone };
    }),
  );
}

/** How staff reach somebody in person. */
export type InPerson = (typeof topicChannels.contact)[number];

export const gone: Verdict = { may: false, because: 'left', until: null, most: null };
