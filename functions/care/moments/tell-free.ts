import type { Mail } from '../../ground/outbox/queue-mail.ts';
import { type Recipient, type Telling, tellEach } from '../../ground/outbox/tell-each.ts';
import type { MailTopic } from '../../ground/outbox/topics.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listOfferRefusals } from '../../people/preferences/list-offer-refusals.ts';
import { listVerdicts } from '../../people/preferences/may-tell.ts';
import { listComplaining } from '../../voice/feedback/list-complaining.ts';
import { keptPages } from './kept-pages.ts';
import { listAwaiting } from './list-awaiting.ts';
import type { MomentPlace } from './place.ts';

/** Somebody to be told by a moment; `subject` begins with its name and says the cause. */
export interface DueReader extends Recipient {
  customerId: string;
  /** Of what sells: whether they are of the group that is thanked, not sold to, unless they asked for offers. */
  isPremium?: boolean;
}

interface TellingFree<One extends DueReader> extends Pick<Telling<One>, 'write'> {
  topic: MailTopic;
  place: MomentPlace;
  list: Telling<One>['list'];
  letterTo: (one: One) => Mail;
}

/**
 * Tells each candidate once, by one mail. Whoever may not be told of the topic now, has another mail waiting or a complaint open, is left without a notice:
 * the next run asks again, as long as the cause is young enough. Returns how many were told.
 */
export async function tellFree<One extends DueReader>(
  ctx: Context,
  { topic, place, list, letterTo, write }: TellingFree<One>,
): Promise<number> {
  const { told } = await tellEach<One>(ctx, {
    list: keptPages(ctx, { place, list, keep: (page) => freeOf(ctx, page, topic) }),
    lettersTo: async (step) => step.map((one) => [letterTo(one)]),
    ...(write === undefined ? {} : { write }),
  });
  return told;
}

async function freeOf<One extends DueReader>(
  ctx: Context,
  page: readonly One[],
  topic: MailTopic,
): Promise<One[]> {
  if (topic === 'service') return [...page];
  const customerIds = [...new Set(page.map(({ customerId }) => customerId))];
  const premium = page.flatMap((one) => (one.isPremium === true ? [one.customerId] : []));
  const isSelling = page.some((one) => one.isPremium !== undefined);
  const [verdicts, awaiting, complaining, refusing] = await Promise.all([
    listVerdicts(ctx, customerIds, { topic, channel: 'mail' }),
    listAwaiting(ctx, customerIds),
    listComplaining(ctx.db.fresh, { customerIds, since: ctx.now() }),
    isSelling ? listOfferRefusals(ctx.db.fresh, customerIds, new Set(premium)) : new Map<string, unknown>(),
  ]);
  return page.filter(
    ({ customerId }) =>
      verdicts.get(customerId)?.may === true &&
      !awaiting.has(customerId) &&
      !complaining.has(customerId) &&
      !refusing.has(customerId),
  );
}
