import { portalAddress } from '../../ground/outbox/letters.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { ContentAsked, ContentOf, MailContent } from '../../people/mail/mail-content.ts';
import { orderLinkOf } from './order-link.ts';
import { findLinkedByKey } from './queries.ts';

/** Mails about an order open it by their button; the copy in the portal leads to the order among the reader's own. */
export const linkInMail: ContentOf = {
  templates: ['order_placed', 'order_state'],
  write: writeLink,
  withheld: async () => null,
};

async function writeLink(ctx: Context, asked: ContentAsked): Promise<MailContent | null> {
  const { letter, link, param, customerId, parts } = asked;
  const key = { source: param('source') ?? '', number: param('number') ?? '' };
  const order = await findLinkedByKey(ctx.db.fresh, key);
  if (order === null || order.email === null || order.customerId !== customerId || !order.isMember)
    return null;
  const { email } = order;
  const token = orderLinkOf(ctx.config.secret, { ...order, email }, { kind: 'mail', madeAt: ctx.now() });
  return { letter, link: portalAddress(`/track/${token}`, parts), web: null, card: null, keptLink: link };
}
