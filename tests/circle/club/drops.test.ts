import { beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { announceDrops } from '../../../functions/circle/club/drops/announce-drops.ts';
import { claimDrop } from '../../../functions/circle/club/drops/claim-drop.ts';
import { expireClaims, giveUpClaim, settleClaim } from '../../../functions/circle/club/drops/end-claim.ts';
import { closeDrop, createDrop, type DropInput } from '../../../functions/circle/club/drops/open-drop.ts';
import { endMembership } from '../../../functions/circle/club/end-membership.ts';
import { setLevels } from '../../../functions/circle/club/set-levels.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { addKey } from '../../../functions/ground/keys/add-key.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { post } from '../../support/test-api.ts';
import { claimAtOnce, expectFairRace } from './drop-race.ts';
import { failure, claim as proveEmail, read as readRows } from './house.ts';

const HOUR_MS = 3_600_000;
let shop: Shop;
beforeEach(async () => {
  shop = await openShop(moneyBack);
});

const read = (sql: string) => readRows(shop, sql);
const titled = { en: { title: 'First flush', body: '' } };
const open = (parts: Partial<DropInput> = {}) =>
  createDrop(shop.ctx, {
    texts: titled,
    stock: 2,
    closesAt: shop.clock.now() + 48 * HOUR_MS,
    windows: [{ level: '', opensAt: shop.clock.now() }],
    ...parts,
  });

/** Customers in the club who proved their emails. */
async function members(count: number, totals = [4200]): Promise<{ customerId: string; accountId: string }[]> {
  const found = [];
  for (let index = 0; index < count; index += 1) {
    const email = `member-${index}-${totals[0]}@example.com`;
    const order = await shop.order({ email, totals });
    await proveEmail(shop, order.customerId);
    await addMember(shop.ctx, { email, accountId: null, since: null });
    found.push({ customerId: order.customerId, accountId: order.accountId });
  }
  return found;
}

const claim = async (customerId: string, dropId: string) =>
  (await claimDrop(shop.as(customerId), { accountId: null, dropId })).claim;
const states = () =>
  read(`SELECT c.seq, coalesce(e.outcome, CASE WHEN g.claim_id IS NULL THEN 'waiting' ELSE 'yours' END)
    FROM drop_claims c LEFT JOIN drop_grants g ON g.claim_id = c.id
    LEFT JOIN drop_claim_endings e ON e.claim_id = c.id ORDER BY c.seq`);

it('gives ten pieces to the first ten of two hundred who claim at once', async () => {
  const people = await members(200);
  const { id } = await open({ stock: 10 });
  const { key } = await addKey(shop.ctx, { name: 'till', scopes: ['customers:write'] });
  const app = createApp({ runtime: shop.ctx, openStore: () => shop.ctx.db });
  const send = async (customerId: string, idempotencyKey: string) => {
    const headers = { Authorization: `Bearer ${key}`, 'Idempotency-Key': idempotencyKey };
    const response = await app.request(`/api/v1/drops/${id}/claims`, post({ customerId }, headers));
    return { status: response.status, json: await response.json() };
  };
  const answers = await claimAtOnce(
    people.map(({ customerId }) => customerId),
    send,
  );
  expectFairRace(answers, 10);
  expect(await read('SELECT count(*) FROM drop_grants')).toEqual(['10']);
  expect(await read("SELECT template, count(*) FROM outbox WHERE template LIKE 'drop%' GROUP BY 1")).toEqual([
    'drop_claimed 10',
    'drop_waiting 190',
  ]);
  for (const [index, { claimantId, number, state }] of answers.entries()) {
    if (index % 40 > 0) continue;
    const again = await send(claimantId, `claim-${index}-of-200`);
    expect([again.status, again.json]).toMatchObject([201, { number, state }]);
  }
  const [{ claimantId } = { claimantId: '' }] = answers;
  expect((await send(claimantId, 'another key')).status).toBe(200);
  expect((await verify(shop.ctx)).found).toEqual([]);
}, 60_000);

it('answers a claim told again as it did, however much time passes within it', async () => {
  const [member] = await members(1);
  const { id } = await open();
  const { key } = await addKey(shop.ctx, { name: 'till', scopes: ['customers:write'] });
  const now = () => {
    shop.clock.advance(1);
    return shop.clock.now();
  };
  const app = createApp({ runtime: { ...shop.ctx, now }, openStore: () => shop.ctx.db });
  const headers = { Authorization: `Bearer ${key}`, 'Idempotency-Key': 'claimed twice' };
  const send = async () => {
    const body = post({ customerId: member?.customerId }, headers);
    return (await app.request(`/api/v1/drops/${id}/claims`, body)).json();
  };
  const first = await send();
  expect(first).toMatchObject({ state: 'yours', number: 1 });
  expect(await send()).toEqual(first);
});

describe('the waiting list', () => {
  it('moves on when a piece is given up: the next in line gets it, a mail and a line of history', async () => {
    const people = await members(4);
    const { id } = await open({ holdHours: 24 });
    const claims = [];
    for (const { customerId } of people) claims.push(await claim(customerId, id));
    expect(claims.map(({ state, place }) => [state, place])).toEqual([
      ['yours', null],
      ['yours', null],
      ['waiting', 1],
      ['waiting', 2],
    ]);
    const [first, second, third, fourth] = people;
    await giveUpClaim(shop.as(first?.customerId ?? ''), {
      accountId: null,
      claimId: claims[0]?.claimId ?? '',
    });
    expect(await states()).toEqual(['1 cancelled', '2 yours', '3 yours', '4 waiting']);
    const mails = await read("SELECT customer_id, params FROM outbox WHERE template = 'drop_moved_up'");
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain(third?.customerId);
    const history = await read(
      `SELECT kind FROM history WHERE account_id = '${third?.accountId}' ORDER BY seq DESC LIMIT 1`,
    );
    expect(history).toEqual(['drop_moved_up']);
    expect(await failure(claim(first?.customerId ?? '', id))).toBe('drop_claim_over');
    await giveUpClaim(shop.as(fourth?.customerId ?? ''), {
      accountId: null,
      claimId: claims[3]?.claimId ?? '',
    });
    expect(await states()).toEqual(['1 cancelled', '2 yours', '3 yours', '4 cancelled']);
    const others = giveUpClaim(shop.as(first?.customerId ?? ''), {
      accountId: null,
      claimId: claims[1]?.claimId ?? '',
    });
    expect(await failure(others)).toBe('not_found');
    expect(second).toBeDefined();
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  it('passes over who left the club, and knows their place again when they are back', async () => {
    const people = await members(4);
    const { id } = await open({ stock: 1 });
    const claims: { claimId: string }[] = [];
    for (const { customerId } of people) claims.push(await claim(customerId, id));
    const giveUp = async (at: number) => {
      const { customerId = '' } = people[at] ?? {};
      await giveUpClaim(shop.as(customerId), { accountId: null, claimId: claims[at]?.claimId ?? '' });
    };
    const leaver = { accountId: people[1]?.accountId ?? '', until: null, isWithdrawn: false };
    await endMembership(shop.ctx, leaver);
    await giveUp(0);
    expect(await states()).toEqual(['1 cancelled', '2 waiting', '3 yours', '4 waiting']);
    shop.clock.advance(1);
    await addMember(shop.ctx, { email: 'member-1-4200@example.com', accountId: null, since: null });
    await giveUp(2);
    expect(await states()).toEqual(['1 cancelled', '2 yours', '3 cancelled', '4 waiting']);
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  it('gives what is not fetched in time to the next, once, by two jobs at once', async () => {
    const people = await members(3);
    const { id } = await open({ stock: 1, holdHours: 24 });
    for (const { customerId } of people) await claim(customerId, id);
    shop.clock.advance(24 * HOUR_MS - 1);
    expect(await expireClaims(shop.ctx)).toBe(0);
    shop.clock.advance(1);
    const counts = await Promise.all([expireClaims(shop.ctx), expireClaims(shop.ctx)]);
    expect(counts.toSorted()).toEqual([0, 1]);
    expect(await states()).toEqual(['1 expired', '2 yours', '3 waiting']);
  });

  it('keeps what was handed over', async () => {
    const people = await members(2);
    const { id } = await open({ stock: 1, holdHours: 1 });
    const [first, second] = await Promise.all(people.map(({ customerId }) => claim(customerId, id)));
    const [owner, waiting] = first?.state === 'yours' ? [first, second] : [second, first];
    const hand = (claimId = '') => settleClaim(shop.ctx, { claimId, outcome: 'collected' });
    expect(await failure(hand(waiting?.claimId))).toBe('drop_claim_over');
    await hand(owner?.claimId);
    expect(await failure(hand(owner?.claimId))).toBe('drop_claim_over');
    shop.clock.advance(2 * HOUR_MS);
    expect(await expireClaims(shop.ctx)).toBe(0);
    expect(await states()).toEqual(['1 collected', '2 waiting']);
  });

  it('never gives more than there is, whatever happens at once', async () => {
    const people = await members(40);
    const { id } = await open({ stock: 5 });
    const early = await Promise.all(people.slice(0, 20).map(({ customerId }) => claim(customerId, id)));
    await Promise.all([
      ...people.slice(20).map(({ customerId }) => claim(customerId, id)),
      ...early
        .slice(0, 12)
        .map(({ claimId }, index) =>
          giveUpClaim(shop.as(people[index]?.customerId ?? ''), { accountId: null, claimId }),
        ),
    ]);
    const rows = await states();
    const live = rows.filter((row) => !row.endsWith('cancelled'));
    expect(rows).toHaveLength(40);
    expect(live.map((row) => row.split(' ')[1])).toEqual(live.map((_, at) => (at < 5 ? 'yours' : 'waiting')));
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  it('is refused by the database beyond the stock', async () => {
    const people = await members(2);
    const { id } = await open({ stock: 1 });
    for (const { customerId } of people) await claim(customerId, id);
    const sql = `INSERT INTO drop_grants (claim_id, drop_id, at) SELECT id, drop_id, 1 FROM drop_claims WHERE seq = 2`;
    await expect(shop.ctx.db.write([{ sql, args: [] }])).rejects.toThrow('drop_out_of_stock');
  });
});

describe('a drop is open', () => {
  it('to members only, from its window to its end', async () => {
    const [one] = await members(1);
    const guest = await shop.order({ email: 'guest@example.com' });
    const now = shop.clock.now();
    const { id } = await open({
      windows: [{ level: '', opensAt: now + HOUR_MS }],
      closesAt: now + 2 * HOUR_MS,
    });
    const mine = () => failure(claim(one?.customerId ?? '', id));
    expect(await failure(claim(guest.customerId, id))).toBe('club_not_a_member');
    expect(await mine()).toBe('drop_not_open');
    shop.clock.advance(2 * HOUR_MS);
    expect(await mine()).toBe('drop_not_open');
    expect(await failure(claim(one?.customerId ?? '', 'nothing'))).toBe('not_found');
  });

  it('to a level before another, and to what is above it', async () => {
    await setLevels(shop.ctx, [
      { key: 'member', from: '0', names: { en: 'Member' } },
      { key: 'gold', from: '500.00', names: { en: 'Gold' } },
    ]);
    const [member] = await members(1);
    const [gold] = await members(1, [50_000]);
    const now = shop.clock.now();
    const { id } = await open({
      windows: [
        { level: 'gold', opensAt: now },
        { level: 'member', opensAt: now + HOUR_MS },
      ],
    });
    expect(await failure(claim(member?.customerId ?? '', id))).toBe('drop_not_open');
    expect(await announceDrops(shop.ctx)).toBe(1);
    expect(await failure(claim(gold?.customerId ?? '', id))).toBeNull();
    shop.clock.advance(HOUR_MS);
    expect(await failure(claim(member?.customerId ?? '', id))).toBeNull();
    const told = await Promise.all([announceDrops(shop.ctx), announceDrops(shop.ctx)]);
    expect(told.toSorted()).toEqual([0, 1]);
    expect(await read("SELECT count(*) FROM outbox WHERE template = 'drop_open'")).toEqual(['2']);
  });

  it('until staff close it; who has a piece keeps it and nobody moves up', async () => {
    const people = await members(3);
    const { id } = await open({ stock: 1 });
    const [first] = [
      await claim(people[0]?.customerId ?? '', id),
      await claim(people[1]?.customerId ?? '', id),
    ];
    await closeDrop(shop.ctx, { id, reason: 'Damaged in transit' });
    expect(await failure(closeDrop(shop.ctx, { id, reason: '' }))).toBe('drop_not_open');
    expect(await failure(claim(people[2]?.customerId ?? '', id))).toBe('drop_not_open');
    await giveUpClaim(shop.as(people[0]?.customerId ?? ''), { accountId: null, claimId: first.claimId });
    expect(await states()).toEqual(['1 cancelled', '2 waiting']);
  });

  it('once it is worded rightly, by staff who may', async () => {
    expect(await failure(open({ stock: 0 }))).toBe('validation_failed');
    expect(await failure(open({ texts: { en: { title: ' ', body: '' } } }))).toBe('validation_failed');
    expect(await failure(open({ closesAt: shop.clock.now() }))).toBe('validation_failed');
    const analyst = { ...shop.ctx, actor: { kind: 'staff', id: 's1', role: 'analyst' } } as const;
    const asked = { texts: titled, stock: 1, closesAt: 2, windows: [{ level: '', opensAt: 1 }] };
    expect(await failure(createDrop(analyst, asked))).toBe('forbidden');
  });
});
