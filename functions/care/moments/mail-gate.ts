import type { ContentOf } from '../../people/mail/mail-content.ts';
import { withheldOffer } from '../campaigns/sending/withheld-offer.ts';
import { salesMails } from './moments.ts';

/** A sales message to who wants none by then, or has become premium and asked for none, is let be when its turn comes. */
export const mailGate: ContentOf = {
  templates: salesMails,
  withheld: (ctx, { customerId }) => withheldOffer(ctx, customerId),
};
