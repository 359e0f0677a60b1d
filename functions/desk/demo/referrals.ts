import { appealReferral } from '../../circle/referrals/appeal.ts';
import { decideReferral } from '../../circle/referrals/decide.ts';
import { findReferralOfFriend } from '../../circle/referrals/find-referral-of-friend.ts';
import { lookAtReferrals } from '../../circle/referrals/look-due.ts';
import { nameSelf } from '../../circle/referrals/name-self.ts';
import { openFriend } from '../../circle/referrals/open-friend.ts';
import { openOwnCode } from '../../circle/referrals/own-code.ts';
import { startReferral } from '../../circle/referrals/start-referral.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { setPolicy } from '../../money/business/policies.ts';
import { recordOrder } from '../../money/orders/record-order.ts';
import { recordRefund } from '../../money/orders/record-refund.ts';
import { recordOrderInput } from '../../money/orders/schema.ts';
import { listCustomersByAnyEmail } from '../../people/customers/find-customer.ts';
import { goods } from './goods.ts';
import { type Person, people } from './people.ts';
import { signUp } from './sign-up.ts';
import type { DemoHappening } from './spending.ts';

/** Somebody who came by a code, and when what happened, in days before now. */
interface Friend extends Person {
  by: Person;
  told: number;
  /** Null for somebody who has yet to prove their email. */
  joined: number | null;
  ordered?: number;
  returned?: number;
  isNamed?: boolean;
}

/** Those whom Anna and Viktor recommended: one of every state. */
const friends: readonly Friend[] = [
  friend('nadia.holub@post.example', 'Nadia Holub', { told: 75, joined: 74, ordered: 70, isNamed: true }),
  friend('samuel.hart@inbox.example', 'Samuel Hart', { told: 61, joined: 60, ordered: 58, returned: 31 }),
  friend('ben.ashford@letters.example', 'Ben Ashford', { told: 20, joined: 20, ordered: 9 }),
  friend('anna+tea@post.example', 'A. Kovalenko', { told: 25, joined: 25, ordered: 24 }),
  friend('rosie.marsh@mailbox.example', 'Rosie Marsh', { told: 3, joined: 2 }),
  friend('lena.moroz@inbox.example', 'Lena Moroz', { told: 1.5, joined: null }),
  { ...people.leo, by: people.anna, told: 1.1, joined: null },
  friend('viktor+friend@post.example', 'Гриценко', { by: people.viktor, told: 50, joined: 49, ordered: 48 }),
];

export const referredEmails = friends.map(({ email }) => email);

function friend(
  email: string,
  name: string,
  story: Omit<Friend, 'email' | 'name' | 'by'> & { by?: Person },
): Friend {
  return { email, name, by: people.anna, ...story };
}

/** What the business promises and what came of it. */
export function referralStories(now: number): DemoHappening[] {
  const at = (days: number, run: DemoHappening['run']): DemoHappening => ({ at: now - days * DAY_MS, run });
  return [
    at(600, (ctx) => setPolicy(ctx, 'referral', 'on')),
    ...friends.flatMap((one, index) => storyOf(one, { now, index })),
    at(22, (ctx) => aboutAnnasOtherAddress(ctx)),
    at(30, (ctx) => aboutViktor(ctx)),
  ];
}

function storyOf(one: Friend, { now, index }: { now: number; index: number }): DemoHappening[] {
  const { email, name, by, told, joined, ordered, returned } = one;
  const daysAgo = (days: number) => now - days * DAY_MS;
  const at = (days: number, run: DemoHappening['run']): DemoHappening => ({ at: daysAgo(days), run });
  const number = `FK-9${index}01`;
  return [
    at(told, async (ctx) => {
      const code = await openOwnCode(ctx, await customerIdOf(ctx, by.email));
      const customerId = await openFriend(ctx, { email, name });
      const via = joined === null ? 'till' : 'link';
      await startReferral(ctx, { code, customerId, via, toldAt: daysAgo(told) });
    }),
    ...(joined === null
      ? []
      : [
          at(joined, async (ctx) => {
            await signUp(ctx, { email, name, language: 'en' });
            const actor = { kind: 'customer', id: await customerIdOf(ctx, email) } as const;
            if (one.isNamed === true) await nameSelf({ ...ctx, actor }, { isNamed: true });
            await lookAtReferrals(ctx);
          }),
        ]),
    ...(ordered === undefined
      ? []
      : [at(ordered, (ctx) => order(ctx, { email, number, placedAt: daysAgo(ordered) }))]),
    ...(returned === undefined
      ? []
      : [at(returned, (ctx) => giveBack(ctx, { number, at: daysAgo(returned) }))]),
  ];
}

async function order(
  ctx: Context,
  { email, number, placedAt }: { email: string; number: string; placedAt: number },
): Promise<void> {
  const { sku, product, category, price } = goods.espresso;
  await recordOrder(
    ctx,
    recordOrderInput.parse({
      source: 'web',
      number,
      placedAt: new Date(placedAt).toISOString(),
      currency: 'GBP',
      status: 'delivered',
      customer: { email },
      lines: [{ id: '1', sku, product, category, total: { amount: price, currency: 'GBP' } }],
    }),
  );
  await lookAtReferrals(ctx);
}

async function giveBack(ctx: Context, { number, at }: { number: string; at: number }): Promise<void> {
  const lines = [{ line: '1', amount: BigInt(goods.espresso.price) }];
  const refund = { id: `${number}-back`, currency: 'GBP', at, reason: 'Sent back', lines };
  await recordRefund(ctx, { source: 'web', number, refund });
  await lookAtReferrals(ctx);
}

/** Anna recommended an address of her own, and says so. */
async function aboutAnnasOtherAddress(ctx: Context): Promise<void> {
  const held = await referralOf(ctx, 'anna+tea@post.example');
  const actor = { kind: 'customer', id: held.referrerId } as const;
  await appealReferral(
    { ...ctx, actor },
    { id: held.id, text: 'That is my mother. She has no address of her own, so I opened one for her.' },
  );
}

async function aboutViktor(ctx: Context): Promise<void> {
  const held = await referralOf(ctx, 'viktor+friend@post.example');
  await decideReferral(ctx, {
    id: held.id,
    decision: 'declined',
    text: 'Both addresses are yours, and the reward is for bringing somebody new.',
    seenSeq: held.stepSeq,
  });
}

async function referralOf(ctx: Context, email: string) {
  const found = await findReferralOfFriend(ctx.db, { friendId: await customerIdOf(ctx, email) });
  if (found === null) throw new Error(`nobody recommended ${email}`);
  return found;
}

async function customerIdOf(ctx: Context, email: string): Promise<string> {
  const [customer] = await listCustomersByAnyEmail(ctx.db, { email });
  if (customer === undefined) throw new Error(`there is no ${email}`);
  return customer.id;
}
