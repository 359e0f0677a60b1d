import { z } from 'zod';
import { type LinkParts, mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { aboutAccount, amount } from '../../../ground/outbox/shapes.ts';
import { socialKinds, socialPlaces } from '../social/places.ts';

const unasked = { urgency: 'bulk', isUnasked: true } as const;
const toShop = (_params: unknown, { identity }: LinkParts) => identity.shopUrl || '/account';
const sampleProduct = 'Sidamo, 500 g';

export const momentMails = {
  query_thanks: mailKind({
    ...unasked,
    topic: 'feedback',
    isPersonal: true,
    params: z.object(aboutAccount),
    link: () => '/account/feedback/new',
    own: { samples: () => ({ standard: {} }) },
  }),
  second_purchase: mailKind({
    ...unasked,
    topic: 'news',
    isPersonal: true,
    /** What was bought first, and on which business day; null where it has no name. */
    params: z.object({ product: z.string().nullable(), firstOn: z.string(), ...aboutAccount }),
    link: toShop,
    own: {
      samples: () => ({ standard: { product: sampleProduct, firstOn: '2026-11-01' } }),
      values: ({ product, firstOn }, { formats }) => ({ product, date: formats.date(firstOn) }),
    },
  }),
  reorder_due: mailKind({
    ...unasked,
    topic: 'news',
    isPersonal: true,
    /** What was bought last, and on which business day. */
    params: z.object({ product: z.string().nullable(), lastOn: z.string(), ...aboutAccount }),
    link: toShop,
    own: {
      samples: () => ({ standard: { product: sampleProduct, lastOn: '2026-11-01' } }),
      values: ({ product, lastOn }, { formats }) => ({ product, date: formats.date(lastOn) }),
    },
  }),
  reward_unseen: mailKind({
    ...unasked,
    topic: 'rewards',
    params: z.object({ amount, rootId: z.string() }),
    link: () => '/account/rewards',
    own: {
      samples: (sum) => ({ standard: { amount: sum(625n), rootId: '' } }),
      values: ({ amount: credit }, { formats }) => ({ amount: formats.money(credit) }),
      required: ['amount'],
    },
  }),
  referral_ask: mailKind({
    ...unasked,
    topic: 'referral',
    isPersonal: true,
    params: z.object({ own: amount, friend: amount, minimum: amount, ...aboutAccount }),
    link: () => '/account/friends',
    own: {
      samples: (sum) => ({ standard: { own: sum(500n), friend: sum(700n), minimum: sum(2000n) } }),
      values: ({ own, friend, minimum }, { formats }) => ({
        amount: formats.money(own),
        friend: formats.money(friend),
        minimum: minimum.minor > 0n ? formats.money(minimum) : null,
      }),
    },
  }),
  testimonial_ask: mailKind({
    ...unasked,
    topic: 'feedback',
    isPersonal: true,
    params: z.object(aboutAccount),
    link: () => '/account/voices',
    own: { samples: () => ({ standard: {} }) },
  }),
  /** The day by which an order was promised is over, and it is not there. */
  late_parcel: mailKind({
    topic: 'service',
    urgency: 'owed',
    isPersonal: true,
    params: z.object({ source: z.string(), number: z.string(), promisedBy: z.string(), ...aboutAccount }),
    link: ({ source, number }) =>
      `/account/orders/${encodeURIComponent(source)}/${encodeURIComponent(number)}`,
    own: {
      samples: () => ({ standard: { source: 'till', number: 'A-1042', promisedBy: '2026-12-01' } }),
      values: ({ number, promisedBy }, { formats }) => ({ order: number, date: formats.date(promisedBy) }),
      required: ['order'],
    },
  }),
  /** What is given is in the account already. */
  social_thanks: mailKind({
    ...unasked,
    topic: 'rewards',
    params: z.object({
      kind: z.enum(socialKinds),
      place: z.enum(socialPlaces),
      amount,
      ...aboutAccount,
    }),
    link: () => '/account/rewards',
    own: {
      samples: (sum) => ({
        follow: { kind: 'follow' as const, place: 'instagram' as const, amount: sum(200n) },
        post: { kind: 'post' as const, place: 'instagram' as const, amount: sum(200n) },
      }),
      caseOf: ({ kind }) => kind,
      values: ({ amount: gift }, { formats }) => ({ amount: formats.money(gift) }),
      required: ['amount'],
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof momentMails> {}
}
