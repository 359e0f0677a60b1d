import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { decideHospitality } from '../../functions/care/hospitality/decide-hospitality.ts';
import { limitsPassed } from '../../functions/care/hospitality/limits.ts';
import { listHeldEvents } from '../../functions/care/hospitality/list-held-events.ts';
import {
  getCustomerHospitality,
  listHospitality,
  listUndecided,
} from '../../functions/care/hospitality/list-hospitality.ts';
import { recordEvent } from '../../functions/care/hospitality/record-event.ts';
import { recordHospitality } from '../../functions/care/hospitality/record-hospitality.ts';
import { hospitalityRoom } from '../../functions/care/hospitality/room.ts';
import { withdrawHospitality } from '../../functions/care/hospitality/withdraw-hospitality.ts';
import { addMember } from '../../functions/circle/club/add-member.ts';
import { answerEvent } from '../../functions/circle/club/events/answer-event.ts';
import { createEvent } from '../../functions/circle/club/events/open-event.ts';
import { mergeCustomers } from '../../functions/desk/merging/merge-customers.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { newId } from '../../functions/ground/platform/ids.ts';
import { claim, failure, read } from '../circle/club/house.ts';
import { moneyBack, type OwnedOrder, openShop, type Shop } from '../support/shop.ts';

const DAY = 86_400_000;

let shop: Shop;
let ann: OwnedOrder;
beforeEach(async () => {
  shop = await openShop(moneyBack);
  for (const [id, role] of [
    ['olena', 'owner'],
    ['max', 'manager'],
    ['ina', 'agent'],
  ])
    await shop.ctx.db.write([
      {
        sql: 'INSERT INTO staff (id, email, role, created_at) VALUES (?, ?, ?, 1)',
        args: [id ?? '', `${id}@example.com`, role ?? ''],
      },
    ]);
  ann = await shop.order();
  await claim(shop, ann.customerId);
});

const by = (id: string, role: 'owner' | 'manager' | 'agent' | 'analyst'): Context => ({
  ...shop.ctx,
  actor: { kind: 'staff', id, role },
});
const record = (cents: number, more: object = {}, ctx = by('ina', 'agent')) =>
  recordHospitality(ctx, {
    customer: ann.customerId,
    giver: 'ina@example.com',
    kind: 'gift',
    purpose: 'Thanks for the advice',
    worth: { amount: cents, currency: 'EUR' },
    ...more,
  });

describe('the register of hospitality', () => {
  it('takes what is within the limits, and lets wait what passes one, with the figures of that moment', async () => {
    expect(await record(5000)).toMatchObject({ state: 'given', passed: [], yearBeforeMinor: 0n });
    expect(await record(5001)).toMatchObject({ state: 'waiting', passed: ['act'], yearBeforeMinor: 5000n });
    expect(await record(4999)).toMatchObject({ state: 'given', passed: [] });
    expect(await record(1)).toMatchObject({ state: 'waiting', passed: ['year'], yearBeforeMinor: 15_000n });
    expect(await record(5000, { day: '2025-12-31' })).toMatchObject({ state: 'given', yearBeforeMinor: 0n });
    expect(await listUndecided(shop.ctx)).toHaveLength(2);
    const had = await getCustomerHospitality(shop.ctx, { customerId: ann.customerId });
    expect([had.year, had.yearMinor, had.items.length]).toEqual([2026, 15_001n, 5]);
    const first = await listHospitality(shop.ctx, {}, 3);
    const rest = await listHospitality(shop.ctx, { cursor: first.nextCursor }, 3);
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([3, 1, null]);
  });

  it('is decided by a second person, once; refused or taken back it counts for nothing', async () => {
    const { id } = await record(9000);
    const decide = (ctx: Context, outcome: 'approved' | 'refused' = 'approved', reason = '') =>
      decideHospitality(ctx, { id, outcome, reason });
    expect(await failure(decide(by('ina', 'agent')))).toBe('forbidden');
    const own = await record(9000, { giver: 'max@example.com' }, by('olena', 'owner'));
    for (const who of [by('max', 'manager'), by('olena', 'owner')])
      expect(await failure(decideHospitality(who, { id: own.id, outcome: 'approved' }))).toBe('forbidden');
    expect(await failure(decide(by('max', 'manager'), 'refused', ' '))).toBe('validation_failed');
    await decide(by('max', 'manager'), 'refused', 'Too much for one person');
    expect(await failure(decide(by('olena', 'owner')))).toBe('already_decided');
    expect(await failure(withdrawHospitality(by('ina', 'agent'), { id, reason: 'Mistake' }))).toBe(
      'already_decided',
    );
    await withdrawHospitality(by('ina', 'agent'), { id: own.id, reason: 'They could not come' });
    const { items, yearMinor } = await getCustomerHospitality(shop.ctx, { customerId: ann.customerId });
    expect(yearMinor).toBe(0n);
    expect(items.map(({ state }) => state).toSorted()).toEqual(['refused', 'withdrawn']);
    expect(items.find((one) => one.id === id)).toMatchObject({ decidedBy: 'max@example.com' });
  });

  it('is decided by the owner alone where the team has no second person, and says so', async () => {
    const owner = by('olena', 'owner');
    const { id } = await record(9000, { giver: 'olena@example.com' }, owner);
    const other = await record(9000, { giver: 'olena@example.com' }, owner);
    const decide = (ctx: Context, more: object = {}) =>
      decideHospitality(ctx, { id, outcome: 'approved', ...more });
    expect((await listUndecided(owner)).map(({ decidesAs }) => decidesAs)).toEqual([null, null]);
    expect(await failure(decide(owner))).toBe('forbidden');
    await shop.ctx.db.write([{ sql: "UPDATE staff SET disabled_at = 1 WHERE id = 'max'", args: [] }]);
    expect(await failure(decide(by('max', 'manager')))).toBe('forbidden');
    expect((await listUndecided(owner)).map(({ decidesAs }) => decidesAs)).toEqual(['alone', 'alone']);
    await decide(owner);
    await decideHospitality(shop.ctx, {
      ...{ id: other.id, outcome: 'refused', reason: 'Too much', by: 'Olena@example.com' },
    });
    const { items } = await getCustomerHospitality(shop.ctx, { customerId: ann.customerId });
    expect(items.map((one) => [one.state, one.decidedBy, one.isAlone]).toSorted()).toEqual([
      ['approved', 'olena@example.com', true],
      ['refused', 'olena@example.com', true],
    ]);
  });

  it('is decided by programs in the name of who did, and answered once', async () => {
    const { id } = await record(9000);
    const decide = (more: object) => decideHospitality(shop.ctx, { id, outcome: 'approved', ...more });
    for (const name of [undefined, 'ina@example.com', 'nobody@example.com'])
      expect(await failure(decide({ by: name }))).toBe('validation_failed');
    expect(await decide({ by: 'max@example.com' })).toMatchObject({
      ...{ state: 'approved', decidedBy: 'max@example.com', isAlone: false },
    });
    const [entry] = (await listHospitality(shop.ctx, {})).items;
    expect([entry?.decidedBy, entry?.isAlone]).toEqual(['max@example.com', false]);
  });

  it('is never decided by the key that wrote it down, whoever it names', async () => {
    const withKey = (id: string): Context => ({
      ...shop.ctx,
      actor: { kind: 'key', id, scopes: ['contacts:read', 'contacts:write'] },
    });
    const { id } = await record(9000, {}, withKey('till'));
    const decide = (ctx: Context) =>
      decideHospitality(ctx, { id, outcome: 'approved', by: 'max@example.com' });
    expect(await failure(decide(withKey('till')))).toBe('forbidden');
    expect((await listUndecided(shop.ctx)).map((entry) => entry.id)).toEqual([id]);
    expect(await decide(withKey('office'))).toMatchObject({ state: 'approved' });
  });

  it('refuses what names nobody, no purpose, nothing or another currency', async () => {
    expect(await failure(record(100, { customer: 'nobody' }))).toBe('not_found');
    for (const more of [
      { purpose: ' ' },
      { giver: 'who@example.com' },
      { worth: { amount: 0, currency: 'EUR' } },
      { worth: { amount: 1, currency: 'USD' } },
    ])
      expect(await failure(record(100, more))).toBe('validation_failed');
  });

  it('is of a day of the last year or the next three months, and private to who serves customers', async () => {
    for (const day of ['2025-02-27', '2026-06-03', '2030-01-01'])
      expect(await failure(record(100, { day }))).toBe('validation_failed');
    await record(100, { day: '2026-04-01' });
    const seen = async (role: 'agent' | 'analyst') =>
      (await listHospitality(by('ina', role), {})).items[0]?.purpose;
    expect([await seen('agent'), await seen('analyst')]).toEqual(['Thanks for the advice', '']);
  });

  it('finds what waits without reading the rest', async () => {
    const sql = hospitalityRoom.waiting?.[0]?.rows ?? '';
    const plan = (await shop.ctx.db.read({ sql: `EXPLAIN QUERY PLAN ${sql}`, args: [] })).map(String).join();
    expect(plan).toContain('hospitality_entries_over_limit');
  });

  it('writes down an event that was held, each party with its guests, once', async () => {
    await addMember(shop.ctx, { email: 'ann@example.com', accountId: null, since: null });
    const startsAt = shop.clock.now() + DAY;
    const { id } = await createEvent(shop.ctx, {
      ...{
        texts: { en: { title: 'Annual evening' } },
        place: 'The roastery',
        startsAt,
        endsAt: startsAt + 1000,
      },
      ...{ places: 10, guestsMax: 2, answerUntil: startsAt },
    });
    await answerEvent(shop.as(ann.customerId), { accountId: null, eventId: id, answer: 'yes', guests: 1 });
    const now = await shop.order({ email: 'ann.now@example.com' });
    await claim(shop, now.customerId);
    await mergeCustomers(shop.ctx, {
      survivor: 'ann.now@example.com',
      merged: 'ann@example.com',
      key: newId(),
    });
    const write = () => recordEvent(by('ina', 'agent'), { eventId: id, worthEachMinor: 3000n });
    expect(await failure(write())).toBe('event_over');
    shop.clock.advance(2 * DAY);
    expect(await listHeldEvents(shop.ctx)).toHaveLength(1);
    const twice = await Promise.all([write(), write()]);
    expect(twice.map(({ written }) => written).toSorted()).toEqual([0, 1]);
    expect(await write()).toEqual({ written: 0 });
    expect(await listHeldEvents(shop.ctx)).toEqual([]);
    expect(await read(shop, "SELECT count(*) FROM history WHERE kind = 'hospitality_recorded'")).toEqual([
      '1',
    ]);
    expect(await listUndecided(shop.ctx)).toMatchObject([
      { kind: 'event', customerId: now.customerId, worthMinor: 6000n, passed: ['act'] },
    ]);
  });
});

it('passes a limit only above it', () => {
  const money = fc.bigInt({ min: 1n, max: 10n ** 9n });
  fc.assert(
    fc.property(money, money, money, fc.bigInt({ min: 0n, max: 10n ** 9n }), (act, year, worth, before) => {
      const passed = limitsPassed(
        { actMinor: act, yearMinor: year },
        { worthMinor: worth, yearBeforeMinor: before },
      );
      expect(passed.includes('act')).toBe(worth > act);
      expect(passed.includes('year')).toBe(before + worth > year);
    }),
  );
});
