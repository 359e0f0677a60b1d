import { expect, test } from 'vitest';
import { type OccasionInput, setOccasion } from '../../../functions/care/occasions/set-occasion.ts';
import type { PlanInput } from '../../../functions/care/plans/schema.ts';
import { setPlan } from '../../../functions/care/plans/set-plan.ts';
import { setProcedure } from '../../../functions/care/standards/procedures/set-procedure.ts';
import { setStandard } from '../../../functions/care/standards/set-standard.ts';
import { setLevels } from '../../../functions/circle/club/set-levels.ts';
import { listActs } from '../../../functions/desk/console/list-acts.ts';
import { changesOf } from '../../../functions/ground/audit/changes.ts';
import { setSegment } from '../../../functions/insight/segments/set-segment.ts';
import { setCatalogue } from '../../../functions/money/catalogue/set-catalogue.ts';
import { setManagerRules } from '../../../functions/people/managers/set-rules.ts';
import { defineOwnField } from '../../../functions/people/own-fields/define-own-field.ts';
import { addStaff } from '../../../functions/people/staff/add-staff.ts';
import { setStaffName } from '../../../functions/people/staff/set-name.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const plan: PlanInput = {
  ...{
    id: null,
    what: 'Ask how they are',
    audience: 'premium',
    level: null,
    channel: 'phone',
    purpose: 'service',
  },
  ...{ intervalDays: 30, mostPerDay: 5, staff: null },
};
const occasion: OccasionInput = {
  ...{ kind: 'birthday', isOn: true, audience: 'everybody', giftForm: 'credit', amount: '5.00' },
  ...{ minimum: '', months: null },
};
const asks = (days: number) => ({
  combinator: 'and',
  rules: [
    { field: 'orders.count', operator: '>=', value: 2, within: { days } },
    { field: 'customer.email', operator: '=', value: 'ann@example.com' },
  ],
});
const nina = 'nina@shop.example';

type Acts = [act: string, first: (shop: Shop) => Promise<unknown>, then: (shop: Shop) => Promise<unknown>];

const acts: [...Acts, Record<string, unknown>][] = [
  [
    'programme.set',
    ({ setRules }) => setRules(moneyBack),
    ({ setRules }) => setRules({ ...moneyBack, back: '6.00' }),
    { version: { before: '1', value: '2' }, rules_changed: 'money-back' },
  ],
  [
    'segment.set',
    ({ ctx }) => setSegment(ctx, { id: 'some', definition: asks(30) }),
    ({ ctx }) => setSegment(ctx, { id: 'some', definition: asks(60) }),
    { version: { before: '1', value: '2' } },
  ],
  [
    'manager.rules-set',
    async ({ ctx }) => {
      await addStaff(ctx, { email: nina, role: 'agent' });
      await setSegment(ctx, { id: 'some', definition: { combinator: 'and', rules: [] } });
    },
    ({ ctx }) => setManagerRules(ctx, { rules: [{ segmentId: 'some', manager: nina }] }),
    { order: { before: null, value: 'some' }, 'segment some': { before: null, value: nina } },
  ],
  [
    'club.levels-set',
    ({ ctx }) => setLevels(ctx, [{ key: 'silver', from: '0', names: { en: 'Silver' } }]),
    ({ ctx }) => setLevels(ctx, [{ key: 'gold', from: '0', names: { en: 'Gold' } }]),
    { levels: { before: 'silver 0.00 Silver', value: 'gold 0.00 Gold' } },
  ],
  [
    'own-field.defined',
    ({ ctx }) => defineOwnField(ctx, { key: 'size', kind: 'text', names: { en: 'Size' } }),
    ({ ctx }) =>
      defineOwnField(ctx, { key: 'size', kind: 'choice', names: { en: 'Size' }, choices: ['S', 'L'] }),
    { kind: { before: 'text', value: 'choice' }, choices: { before: null, value: 'S, L' } },
  ],
  [
    'plan.changed',
    async () => undefined,
    async ({ ctx }) => setPlan(ctx, { ...plan, ...(await setPlan(ctx, plan)), intervalDays: 60 }),
    { days: { before: '30', value: '60' } },
  ],
  [
    'occasion.set',
    ({ ctx }) => setOccasion(ctx, occasion),
    ({ ctx }) => setOccasion(ctx, { ...occasion, isOn: false, amount: '7.00' }),
    {
      isOn: { before: true, value: false },
      amount: { before: { minor: 500n, currency: 'EUR' }, value: { minor: 700n, currency: 'EUR' } },
    },
  ],
  [
    'standard.set',
    ({ ctx }) => setStandard(ctx, { kind: 'complaint', hours: 4 }),
    ({ ctx }) => setStandard(ctx, { kind: 'complaint', hours: 8 }),
    { kind: 'complaint', hours: { before: '4', value: '8' } },
  ],
  [
    'procedure.set',
    ({ ctx }) => setProcedure(ctx, { kind: 'complaint', name: 'Any', steps: [{ what: 'Greet' }] }),
    ({ ctx }) => setProcedure(ctx, { kind: 'complaint', name: 'Any', steps: [{ what: 'Listen' }] }),
    { steps: { before: 'Greet (anyone)', value: 'Listen (anyone)' } },
  ],
  [
    'catalogue.set',
    ({ ctx }) => setCatalogue(ctx, { items: [{ name: 'Tea', price: { amount: 500, currency: 'EUR' } }] }),
    ({ ctx }) => setCatalogue(ctx, { items: [{ name: 'Tea', price: { amount: 600, currency: 'EUR' } }] }),
    { price: { before: 'EUR 5.00', value: 'EUR 6.00' } },
  ],
  [
    'staff.named',
    async ({ ctx }) => {
      await addStaff(ctx, { email: nina, role: 'agent' });
      await setStaffName(ctx, { email: nina, name: 'Nina Karr' });
    },
    ({ ctx }) => setStaffName(ctx, { email: nina, name: 'Nina Kern' }),
    { name: 'changed' },
  ],
];

test.each(acts)(
  '%s tells what was before and what is since, and names nobody',
  async (act, first, then, told) => {
    const shop = await openShop(...(act === 'programme.set' ? [] : [moneyBack]));
    await first(shop);
    shop.clock.advance(1000);
    await then(shop);
    const filter = { actor: null, subject: null, day: null, after: null };
    const { items } = await listActs(shop.ctx, filter);
    const newest = items.find((item) => item.act === act);
    expect(Object.fromEntries(newest?.detail ?? [])).toEqual(told);
    const kept = await shop.ctx.db.read({ sql: 'SELECT detail FROM audit_log', args: [] });
    expect(JSON.stringify(kept)).not.toMatch(/ann@example\.com|Nina|nina@/);
  },
);

test('only what is another now is told', () => {
  expect(changesOf({ a: 1, b: null, c: 'x' }, { a: 1, b: 2n, d: true })).toEqual({
    b: { before: null, value: 2n },
    c: { before: 'x', value: null },
    d: { before: null, value: true },
  });
  expect(changesOf(null, { a: 1, b: null })).toEqual({ a: { before: null, value: 1 } });
});
