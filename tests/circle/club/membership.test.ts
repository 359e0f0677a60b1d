import { beforeEach, describe, expect, it } from 'vitest';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import {
  applyToClub,
  decideApplication,
  withdrawApplication,
} from '../../../functions/circle/club/applications.ts';
import { endMembership, leaveClub } from '../../../functions/circle/club/end-membership.ts';
import {
  answerInvitation,
  inviteToClub,
  withdrawInvitation,
} from '../../../functions/circle/club/invitations.ts';
import { admitBySpend } from '../../../functions/circle/club/sweep-spend.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { resettle } from '../../../functions/money/programme/settle-accounts.ts';
import { getBalance } from '../../../functions/people/customers/get-balance.ts';
import { type OwnedOrder, openShop, type Shop } from '../../support/shop.ts';
import { claim, failure, read as readRows } from './house.ts';

const forClub = {
  id: 'extra',
  name: 'Members’ extra',
  scheme: 'every',
  spend: '10.00',
  back: '1.00',
  period: 'lifetime',
  for: 'club',
  from: '2025-01-01',
};
const day = (days: number) => days * 86_400_000;

let shop: Shop;
let order: OwnedOrder;
beforeEach(async () => {
  shop = await openShop(forClub);
  order = await shop.order({ totals: [4200], placedAt: '2026-02-20T15:00:00Z' });
  await claim(shop, order.customerId);
});

const balance = async () => (await getBalance(shop.ctx, { accountId: order.accountId })).available.amount;
const ann = () => shop.as(order.customerId);
const add = (since: string | null = null) =>
  addMember(shop.ctx, { email: 'ann@example.com', accountId: null, since });
const end = (until: string | null = null, isWithdrawn = false) =>
  endMembership(shop.ctx, { accountId: order.accountId, until, isWithdrawn });
const read = (sql: string) => readRows(shop, sql);
const mails = () => read("SELECT template FROM outbox WHERE template LIKE 'club%' ORDER BY id");

describe('a rule for the club', () => {
  it('counts orders placed from the first day of the membership, and no earlier ones', async () => {
    expect(await balance()).toBe(0);
    await add();
    expect(await balance()).toBe(0);
    const today = await shop.order({ totals: [3000], placedAt: '2026-03-01T08:00:00Z' });
    expect(today.rewards).toMatchObject({ earned: { amount: 300 } });
    expect(await balance()).toBe(300);
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  it('tells why an order outside counts nothing', () => {
    expect(order.rewards.lines).toEqual([
      { line: '1', counted: { amount: 0, currency: 'EUR' }, reason: 'other_audience' },
    ]);
  });

  it('counts again when a membership begins earlier, ends earlier, or is withdrawn', async () => {
    await add('2026-02-20');
    expect(await balance()).toBe(400);
    await end('2026-02-21');
    expect(await balance()).toBe(400);
    expect(await failure(end())).toBe('club_not_a_member');
    await add('2026-02-25');
    await shop.order({ totals: [2000], placedAt: '2026-02-26T10:00:00Z' });
    expect(await balance()).toBe(600);
    await end(null, true);
    expect(await balance()).toBe(400);
    expect((await verify(shop.ctx)).found).toEqual([]);
    expect(await read('SELECT kind FROM history ORDER BY account_id, seq')).toContain('club_left');
  });

  it('leaves what was earned inside to whoever leaves', async () => {
    await add('2026-02-20');
    await leaveClub(ann(), { accountId: null });
    expect(await balance()).toBe(400);
    shop.clock.advance(1000);
    await shop.order({ totals: [5000], placedAt: '2026-03-01T12:00:00.500Z' });
    expect(await balance()).toBe(400);
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  it('takes back what a return within the club no longer earns', async () => {
    await add('2026-02-20');
    await shop.refund(order.number, '1', 3300);
    expect(await balance()).toBe(0);
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  it('counts a whole company by its own membership, not by those of its people', async () => {
    await add('2026-02-01');
    const bought = await shop.order({ account: 'ACME', totals: [5000] });
    expect(bought.rewards.earned.amount).toBe(0);
    await addMember(shop.ctx, { email: 'ann@example.com', accountId: bought.accountId, since: '2026-02-01' });
    const acme = await getBalance(shop.ctx, { accountId: bought.accountId });
    expect(acme.available.amount).toBe(500);
  });

  it('is found out by verify when the account’s row tells otherwise', async () => {
    await add('2026-02-20');
    await shop.ctx.db.write([{ sql: "UPDATE accounts SET club_spans = '[]'", args: [] }]);
    const { found } = await verify(shop.ctx);
    expect(found.map(({ what }) => what)).toContain('times in the club');
  });
});

describe('the way in', () => {
  it('refuses a second membership, a day in the future and a stranger', async () => {
    await add();
    expect(await failure(add())).toBe('club_member_already');
    expect(await failure(add('2026-03-02'))).toBe('validation_failed');
    const stranger = addMember(shop.ctx, { email: 'who@example.com', accountId: null, since: null });
    expect(await failure(stranger)).toBe('not_found');
    expect(await mails()).toEqual(['club_welcome']);
  });

  it('makes one membership of twenty at once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => failure(add())));
    expect(outcomes.filter((code) => code === null)).toHaveLength(1);
    expect(await read('SELECT count(*) FROM club_memberships')).toEqual(['1']);
  });

  it('leads through an invitation that is accepted', async () => {
    const { id } = await inviteToClub(shop.ctx, { email: 'ann@example.com', accountId: null });
    const again = inviteToClub(shop.ctx, { email: 'ann@example.com', accountId: null });
    expect(await failure(again)).toBe('club_invited_already');
    const bob = await shop.order({ email: 'bob@example.com' });
    const taken = { accountId: null, invitationId: id, accepts: true };
    expect(await failure(answerInvitation(shop.as(bob.customerId), taken))).toBe('not_found');
    await answerInvitation(ann(), taken);
    expect(await read('SELECT how, cause_id FROM club_memberships')).toEqual([`invitation ${id}`]);
    expect(await failure(answerInvitation(ann(), taken))).toBe('club_decided_already');
    expect(await mails()).toEqual(['club_invitation', 'club_welcome']);
  });

  it('ends with an invitation that is declined or taken back, until the next', async () => {
    const first = await inviteToClub(shop.ctx, { email: 'ann@example.com', accountId: null });
    await answerInvitation(ann(), { accountId: null, invitationId: first.id, accepts: false });
    const second = await inviteToClub(shop.ctx, { email: 'ann@example.com', accountId: null });
    await withdrawInvitation(shop.ctx, second);
    expect(await failure(withdrawInvitation(shop.ctx, second))).toBe('club_decided_already');
    const taken = answerInvitation(ann(), { accountId: null, invitationId: second.id, accepts: true });
    expect(await failure(taken)).toBe('club_decided_already');
    expect(await read('SELECT count(*) FROM club_memberships')).toEqual(['0']);
  });

  it('leads through an application, decided once, with a reason when declined', async () => {
    await applyToClub(ann(), { accountId: null, text: 'I love tea' });
    expect(await failure(applyToClub(ann(), { accountId: null, text: 'Again' }))).toBe(
      'club_applied_already',
    );
    const [id = ''] = await read('SELECT id FROM club_applications');
    const decide = (isApproved: boolean, reason: string) =>
      decideApplication(shop.ctx, { id, isApproved, reason });
    expect(await failure(decide(false, ' '))).toBe('validation_failed');
    await decide(false, 'Full this year');
    expect(await failure(decide(true, ''))).toBe('club_decided_already');
    await applyToClub(ann(), { accountId: null, text: 'Now?' });
    await withdrawApplication(ann(), { accountId: null });
    await applyToClub(ann(), { accountId: null, text: 'Please' });
    const [open = ''] = await read(
      'SELECT id FROM club_applications WHERE id NOT IN (SELECT application_id FROM club_decisions)',
    );
    await decideApplication(shop.ctx, { id: open, isApproved: true, reason: '' });
    expect(await read('SELECT how FROM club_memberships')).toEqual(['application']);
    expect(await mails()).toEqual(['club_declined', 'club_welcome']);
  });

  it('refuses an application without words', async () => {
    expect(await failure(applyToClub(ann(), { accountId: null, text: '  ' }))).toBe('validation_failed');
  });

  it('is closed to analysts, keys without the scope and guests', async () => {
    const { ctx } = shop;
    const asked = { email: 'ann@example.com', accountId: null, since: null };
    const analyst = { ...ctx, actor: { kind: 'staff', id: 's1', role: 'analyst' } } as const;
    const key = { ...ctx, actor: { kind: 'key', id: 'k1', scopes: ['customers:read'] } } as const;
    const guest = { ...ctx, actor: { kind: 'anonymous' } } as const;
    expect(await failure(addMember(analyst, asked))).toBe('forbidden');
    expect(await failure(addMember(key, asked))).toBe('scope_missing');
    expect(await failure(addMember(guest, asked))).toBe('unauthenticated');
    expect(await failure(addMember(ann(), asked))).toBe('forbidden');
    expect(await failure(leaveClub(guest, { accountId: null }))).toBe('unauthenticated');
  });
});

describe('reaching the spend of the club', () => {
  const policy = async (spend: string, per: string, entry: string) => {
    await setPolicy(shop.ctx, 'clubSpend', spend);
    await setPolicy(shop.ctx, 'clubSpendPer', per);
    await setPolicy(shop.ctx, 'clubEntry', entry);
  };

  it('does nothing while it is off', async () => {
    expect(await admitBySpend(shop.ctx)).toBe(0);
  });

  it('invites once, and never again who declined', async () => {
    await policy('42.00', 'lifetime', 'invite');
    expect(await admitBySpend(shop.ctx)).toBe(1);
    expect(await admitBySpend(shop.ctx)).toBe(0);
    const [id = ''] = await read('SELECT id FROM club_invitations');
    await answerInvitation(ann(), { accountId: null, invitationId: id, accepts: false });
    await shop.order({ totals: [9900] });
    expect(await admitBySpend(shop.ctx)).toBe(0);
    expect(await mails()).toEqual(['club_invitation']);
  });

  it('lets in at once, from today on, by two jobs at once one time', async () => {
    await policy('42.00', 'lifetime', 'admit');
    const counts = await Promise.all([admitBySpend(shop.ctx), admitBySpend(shop.ctx)]);
    expect(counts.toSorted()).toEqual([0, 1]);
    expect(await read('SELECT how FROM club_memberships')).toEqual(['spend']);
    await leaveClub(ann(), { accountId: null });
    await shop.order({ totals: [9900] });
    expect(await admitBySpend(shop.ctx)).toBe(0);
  });

  it('looks again at everybody when the policy changes', async () => {
    await policy('42.01', 'lifetime', 'admit');
    expect(await admitBySpend(shop.ctx)).toBe(0);
    await policy('42.00', 'lifetime', 'admit');
    expect(await admitBySpend(shop.ctx)).toBe(1);
  });

  it('looks again at a company once its buyer is confirmed', async () => {
    await policy('42.00', 'lifetime', 'admit');
    const bought = await shop.order({ email: 'bob@example.com', account: 'Acme', totals: [9000] });
    await claim(shop, bought.customerId);
    await admitBySpend(shop.ctx);
    shop.clock.advance(day(1));
    expect(await admitBySpend(shop.ctx)).toBe(0);
    await shop.confirm(bought);
    expect(await admitBySpend(shop.ctx)).toBe(1);
    expect(await read('SELECT account_id FROM club_memberships')).toContain(bought.accountId);
  });

  it('counts a calendar year where the policy says so, and nobody who has not proven their email', async () => {
    await policy('60.00', 'year', 'admit');
    await shop.order({ totals: [3000], placedAt: '2025-12-31T23:59:59Z' });
    expect(await admitBySpend(shop.ctx)).toBe(0);
    await shop.order({ totals: [1800], placedAt: '2026-01-01T00:00:00Z' });
    await shop.order({ email: 'bob@example.com', totals: [9000] });
    expect(await admitBySpend(shop.ctx)).toBe(1);
    expect(await read('SELECT account_id FROM club_memberships')).toEqual([order.accountId]);
  });
});

it('lets the next minute’s job count again what a membership could not', async () => {
  await add('2026-02-20');
  shop.clock.advance(day(1));
  await shop.ctx.db.write([{ sql: 'UPDATE accounts SET settled_revision = -1', args: [] }]);
  await resettle(shop.ctx);
  expect(await balance()).toBe(400);
});
