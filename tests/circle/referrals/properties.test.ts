import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appealReferral } from '../../../functions/circle/referrals/appeal.ts';
import { decideReferral } from '../../../functions/circle/referrals/decide.ts';
import { lookAtReferral } from '../../../functions/circle/referrals/look.ts';
import { addMark } from '../../../functions/circle/referrals/marks.ts';
import { deriveReferral, type ReferralFacts, type Step } from '../../../functions/circle/referrals/state.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { DAY_MS } from '../../support/shop.ts';
import { type Circle, openCircle } from './circle.ts';

const ben = 'ben@friends.example';

/** What can happen to a referral, each by itself and at any time. */
type Act = (circle: Circle, id: string) => Promise<unknown>;
const acts: Record<string, Act> = {
  join: ({ join }) => join(ben),
  order: ({ order }) => order({ email: ben, ...anOrder('O-1', 1) }),
  'order again': ({ order }) => order({ email: ben, ...anOrder('O-2', 2) }),
  'order little': ({ order }) => order({ email: ben, ...anOrder('O-3', 3), totals: [500] }),
  'deliver again': ({ event }) => event('O-2', { id: 'd', status: 'delivered', at: at(20) }),
  return: ({ refund }) => refund('O-1', '1', 2500),
  'return again': ({ refund }) => refund('O-2', '1', 1),
  cancel: ({ event }) => event('O-2', { id: 'c', status: 'cancelled', at: at(21) }),
  'pay by one card': async ({ ctx, ann, ask }) => {
    const [friend] = await ask(`SELECT id FROM customers WHERE email = '${ben}'`);
    for (const customerId of [ann, String(friend?.[0])])
      await addMark(ctx, { customerId, kind: 'payment', mark: 'card' });
  },
  release: (circle, id) => decide(circle, id, 'released'),
  decline: (circle, id) => decide(circle, id, 'declined'),
  reopen: (circle, id) => decide(circle, id, 'reopened'),
  appeal: ({ as, ann }, id) => appealReferral(as(ann), { id, text: 'Please look again.' }),
  wait: async ({ clock }) => clock.advance(15 * DAY_MS),
  look: ({ look }) => look(),
};

const start = Date.UTC(2026, 2, 2);
const at = (day: number) => new Date(start + day * DAY_MS).toISOString();
const anOrder = (number: string, day: number) => ({
  number,
  placedAt: at(day),
  totals: [2500],
  status: number === 'O-2' ? ('shipped' as const) : ('delivered' as const),
});

async function decide({ staff, ask }: Circle, id: string, decision: 'released' | 'declined' | 'reopened') {
  const [row] = await ask(`SELECT step_seq FROM referrals WHERE id = '${id}'`);
  return decideReferral(staff, { id, decision, text: 'Because.', seenSeq: Number(row?.[0]) });
}

/** What cannot be done yet is refused, and changes nothing. */
async function tryAct(act: Act, circle: Circle, id: string): Promise<void> {
  try {
    await act(circle, id);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

const run = { numRuns: Number(process.env.PROPERTY_RUNS ?? 25) };
const anyActs = fc.array(fc.constantFrom(...Object.keys(acts)), { minLength: 1, maxLength: 14 });

describe('whatever happens to a referral, in whatever order', () => {
  test('its bonuses are those that its rows owe, and verify finds no difference', async () => {
    await fc.assert(
      fc.asyncProperty(anyActs, async (names) => {
        const circle = await openCircle();
        const { id } = await circle.tell(ben);
        for (const name of names) {
          await tryAct(acts[name] ?? (async () => null), circle, id);
          expect((await verify(circle.ctx)).found).toEqual([]);
        }
        await circle.look();
        const state = await circle.stateOf(id);
        expect(await circle.paid(id)).toEqual(state === 'rewarded' ? ['700', '500'] : []);
        expect((await verify(circle.ctx)).found).toEqual([]);
        expect(await circle.look()).toBe(0);
      }),
      run,
    );
  }, 300_000);

  test('orders, returns, deliveries and joining end the same in every sequence, however often it is looked at', async () => {
    const facts = ['join', 'order', 'order again', 'order little', 'deliver again', 'return', 'cancel'];
    const wishes = fc.record({
      names: fc.subarray(facts, { minLength: 2 }),
      seed: fc.integer(),
      looks: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
    });
    await fc.assert(
      fc.asyncProperty(wishes, async ({ names, seed, looks }) => {
        const end = async (sequence: readonly string[], looked: readonly boolean[]) => {
          const circle = await openCircle();
          circle.clock.advance(60 * DAY_MS);
          const { id } = await circle.tell(ben, { toldAt: start });
          const left = [...sequence];
          // What an order has to be there for waits until it is.
          for (let turn = 0; left.length > 0; turn += 1) {
            const next = left.findIndex((name) => needs[name] === undefined || !left.includes(needs[name]));
            const [name = ''] = left.splice(next, 1);
            await tryAct(acts[name] ?? (async () => null), circle, id);
            if (looked[turn]) await circle.look();
          }
          await circle.look();
          return { state: await circle.stateOf(id), paid: await circle.paid(id) };
        };
        expect(await end(shuffled(names, seed), looks)).toEqual(await end(names, []));
      }),
      run,
    );
  }, 300_000);

  test('ten workers that look at once pay once', async () => {
    const circle = await openCircle();
    const { id } = await circle.tell(ben);
    await circle.buy(ben);
    circle.clock.advance(15 * DAY_MS);
    await Promise.all(Array.from({ length: 10 }, () => lookAtReferral(circle.another(), id)));
    expect(await circle.paid(id)).toEqual(['700', '500']);
    expect((await circle.mails()).filter((mail) => mail === 'referral_rewarded')).toHaveLength(1);
    expect((await verify(circle.ctx)).found).toEqual([]);
  });
});

const needs: Record<string, string> = {
  'deliver again': 'order again',
  cancel: 'order again',
  return: 'order',
};

function shuffled(names: readonly string[], seed: number): string[] {
  return names.toSorted((a, b) => hash(`${a}${seed}`) - hash(`${b}${seed}`));
}

const hash = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);

test('a decision goes before findings, findings before orders, and only a settled order is paid', () => {
  const aStep = fc.constantFrom('found', 'released', 'declined', 'reopened', 'appealed', 'named', 'paid');
  const anyFacts = fc.record({
    kinds: fc.array(aStep, { maxLength: 8 }),
    net: fc.bigInt({ min: 0n, max: 4000n }),
    delivered: fc.option(fc.integer({ min: 0, max: 40 })),
    isCancelled: fc.boolean(),
    isClaimed: fc.boolean(),
    now: fc.integer({ min: 0, max: 60 }),
  });
  fc.assert(
    fc.property(anyFacts, ({ kinds, net, delivered, isCancelled, isClaimed, now }) => {
      const steps: Step[] = kinds.map((kind, index) => ({
        seq: index + 1,
        kind,
        code: kind === 'found' ? 'same_device' : null,
      }));
      const order = {
        id: 'o',
        placedAt: 1,
        placedOn: null,
        total: 4000n,
        refunded: 4000n - net,
        isCancelled,
        isHeld: false,
        deliveredAt: delivered === null ? null : delivered * DAY_MS,
      };
      const terms = { toldAt: 0, minimum: 2000n, waitingDays: 14 };
      const facts: ReferralFacts = { terms, timeZone: 'UTC', isClaimed, orders: [order], steps };
      const { state, reasons, dueAt } = deriveReferral(facts, now * DAY_MS);
      const last = kinds.findLast((kind) => ['released', 'declined', 'reopened'].includes(kind));
      const counts = net >= 2000n && !isCancelled;
      expect(state === 'declined').toBe(last === 'declined');
      if (state === 'held') expect(counts && reasons.length > 0).toBe(true);
      if (state === 'rewarded') {
        expect(counts && reasons.length === 0 && delivered !== null && delivered + 14 <= now).toBe(true);
      }
      if (dueAt !== null) expect(dueAt).toBeGreaterThan(now * DAY_MS);
    }),
  );
});
