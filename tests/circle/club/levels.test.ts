import { beforeEach, describe, expect, it } from 'vitest';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { makeGood } from '../../../functions/circle/club/benefits/make-good.ts';
import { promiseBenefit, withdrawBenefit } from '../../../functions/circle/club/benefits/promise-benefit.ts';
import { getMember } from '../../../functions/circle/club/get-member.ts';
import { getMembership } from '../../../functions/circle/club/get-membership.ts';
import { tellLevels } from '../../../functions/circle/club/levels/tell-levels.ts';
import { listMembers } from '../../../functions/circle/club/list-members.ts';
import { setLevels } from '../../../functions/circle/club/set-levels.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { findWaived } from '../../../functions/money/redemptions/waivers.ts';
import { getBalance } from '../../../functions/people/customers/get-balance.ts';
import { moneyBack, type OwnedOrder, openShop, type Shop } from '../../support/shop.ts';
import { claim, failure, read } from './house.ts';

let shop: Shop;
let ann: OwnedOrder;
beforeEach(async () => {
  shop = await openShop(moneyBack);
  for (const [key, value] of [
    ['clubLevelPer', 'year'],
    ['clubLevelGrace', '14'],
  ] as const)
    await setPolicy(shop.ctx, key, value);
  await setLevels(shop.ctx, [
    { key: 'tin', from: '0', names: { en: 'Tin' } },
    { key: 'silver', from: '200.00', names: { en: 'Silver' } },
    { key: 'gold', from: '500.00', names: { en: 'Gold' } },
  ]);
  ann = await shop.order({ totals: [52_000], placedAt: '2025-06-01T10:00:00Z' });
  await claim(shop, ann.customerId);
  await addMember(shop.ctx, { email: 'ann@example.com', accountId: null, since: null });
  await shop.order({ totals: [46_000], placedAt: '2026-02-01T10:00:00Z' });
});

const to = (day: string) => shop.clock.advance(Date.parse(`${day}T12:00:00Z`) - shop.clock.now());
const member = () => getMember(shop.ctx, { accountId: ann.accountId });
const mails = () =>
  read(shop, "SELECT template, params FROM outbox WHERE template LIKE 'club_level%' ORDER BY id");

describe('a level by the year', () => {
  it('tells what keeps it on the page, by the API and by mail, once; and what it fell to', async () => {
    expect(await member()).toMatchObject({
      level: 'gold',
      because: { year: 2025, spend: { amount: 52_000 } },
      heldThrough: '2027-01-14',
      keep: { missing: { amount: 4000 }, by: '2026-12-31', graceThrough: '2027-01-14', fallsTo: 'silver' },
      next: null,
    });
    const { card } = await getMembership(shop.as(ann.customerId), { accountId: null });
    expect(card?.level?.keep).toMatchObject({ missing: { minor: 4000n }, by: '2026-12-31' });
    await tellLevels(shop.ctx);
    expect(await mails()).toEqual([]);
    to('2026-12-02');
    await Promise.all([tellLevels(shop.ctx), tellLevels(shop.ctx)]);
    to('2026-12-20');
    await tellLevels(shop.ctx);
    expect(await mails()).toEqual([expect.stringContaining('club_level_keep')]);
    expect((await mails())[0]).toContain('4000');
    to('2027-01-10');
    await tellLevels(shop.ctx);
    expect((await member()).keep).toMatchObject({ by: '2027-01-14', graceThrough: null });
    to('2027-01-15');
    await tellLevels(shop.ctx);
    await tellLevels(shop.ctx);
    expect((await mails()).map((row) => row.split(' ')[0])).toEqual(['club_level_keep', 'club_level_fell']);
    expect((await member()).level).toBe('silver');
    expect(await read(shop, "SELECT kind FROM history WHERE kind = 'club_level_fell'")).toHaveLength(1);
    expect((await listMembers(shop.ctx)).items.map(({ level }) => level)).toEqual(['silver']);
  });

  it('is not told as lost where it was reached again meanwhile', async () => {
    await tellLevels(shop.ctx);
    to('2027-01-20');
    await shop.order({ totals: [60_000], placedAt: '2027-01-19T10:00:00Z' });
    await tellLevels(shop.ctx);
    expect((await mails()).filter((row) => row.startsWith('club_level_fell'))).toEqual([]);
  });

  it('is kept by what is bought in the days of grace, and lost by what is sent back', async () => {
    to('2027-01-10');
    const late = await shop.order({ totals: [4000], placedAt: '2027-01-09T10:00:00Z' });
    to('2027-01-20');
    expect(await member()).toMatchObject({ level: 'gold', because: { year: 2026 } });
    expect((await listMembers(shop.ctx)).items.map(({ level }) => level)).toEqual(['gold']);
    await shop.refund(late.number, '1', 1);
    expect((await member()).level).toBe('silver');
    expect((await listMembers(shop.ctx)).items.map(({ level }) => level)).toEqual(['silver']);
  });

  it('falls by one a year at most where the owner says so', async () => {
    await shop.refund('W-2', '1', 46_000);
    to('2027-02-01');
    expect((await member()).level).toBe('tin');
    await setPolicy(shop.ctx, 'clubLevelFall', 'one');
    expect((await member()).level).toBe('silver');
    to('2028-02-01');
    expect((await member()).level).toBe('tin');
    await setPolicy(shop.ctx, 'clubLevelPer', 'lifetime');
    expect(await member()).toMatchObject({ level: 'gold', heldThrough: null, keep: null });
  });
});

describe('a benefit of a level', () => {
  const wrapping = (level: string | null, kind: 'other' | 'waived_minimum' = 'other') =>
    promiseBenefit(shop.ctx, { kind, texts: { en: { title: 'Wrapping' } }, level });

  it('waives a minimum for who has the level alone', async () => {
    const bob = await shop.order({ email: 'bob@example.com', totals: [1000] });
    await claim(shop, bob.customerId);
    await addMember(shop.ctx, { email: 'bob@example.com', accountId: null, since: null });
    await wrapping('gold', 'waived_minimum');
    const waived = await findWaived(shop.ctx, [ann.accountId, bob.accountId]);
    expect([...waived.keys()]).toEqual([ann.accountId]);
    expect(waived.get(ann.accountId)).toMatchObject({ by: 'club', reason: { en: 'Wrapping' } });
  });

  it('withdrawn, is told and made good to who had it, and proven after what they send back', async () => {
    const bob = await shop.order({ email: 'bob@example.com', totals: [1000] });
    await claim(shop, bob.customerId);
    await addMember(shop.ctx, { email: 'bob@example.com', accountId: null, since: null });
    const { id } = await wrapping('gold');
    await withdrawBenefit(shop.ctx, { id, reason: { en: 'Paper is gone' }, bonus: '5.00' });
    expect(await failure(setLevels(shop.ctx, []))).toBe('level_in_use');
    await makeGood(shop.ctx);
    await makeGood(shop.ctx);
    expect(await read(shop, 'SELECT count(*) FROM bonuses')).toEqual(['1']);
    await shop.refund(ann.number, '1', 52_000);
    expect((await getBalance(shop.ctx, { accountId: bob.accountId })).available.amount).toBe(0);
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  it('is refused for what every member has, for a level that is none, and keeps its level from going', async () => {
    const events = promiseBenefit(shop.ctx, {
      kind: 'events',
      texts: { en: { title: 'Evenings' } },
      level: 'gold',
    });
    expect(await failure(events)).toBe('validation_failed');
    expect(await failure(wrapping('platinum'))).toBe('validation_failed');
    await wrapping('gold');
    expect(await failure(setLevels(shop.ctx, []))).toBe('level_in_use');
  });
});
