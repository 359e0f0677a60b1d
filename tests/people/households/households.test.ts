import { describe, expect, test } from 'vitest';
import { exportStatement } from '../../../functions/desk/portal/export-statement.ts';
import { getOrder } from '../../../functions/desk/portal/get-order.ts';
import { getOverview } from '../../../functions/desk/portal/get-overview.ts';
import { getStatement } from '../../../functions/desk/portal/get-statement.ts';
import { listOrders } from '../../../functions/desk/portal/list-orders.ts';
import { turnIntoVoucher } from '../../../functions/desk/portal/turn-into-voucher.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { redeem } from '../../../functions/money/redemptions/redeem.ts';
import { answerInvitation } from '../../../functions/people/households/answer-invitation.ts';
import { changePerson } from '../../../functions/people/households/change-person.ts';
import { foundHousehold } from '../../../functions/people/households/found-household.ts';
import { getPeople } from '../../../functions/people/households/get-people.ts';
import { invitePerson } from '../../../functions/people/households/invite-person.ts';
import { listUnconfirmed } from '../../../functions/people/households/list-unconfirmed.ts';
import { managersOf } from '../../../functions/people/households/members.ts';
import { removePerson } from '../../../functions/people/households/remove-person.ts';
import { withdrawPersonInvitation } from '../../../functions/people/households/withdraw-person-invitation.ts';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { signIn } from '../../support/sign-in.ts';

test.each([
  ['made managers', [row('a', 1), row('b', 2, 'manager')], ['b']],
  ['the longest there, while nobody was made one', [row('b', 2, 'member'), row('a', 1, 'member')], ['a']],
  [
    'those who joined the portal alone',
    [{ ...row('a', 1, 'member'), claimedAt: null }, row('b', 2, 'member')],
    ['b'],
  ],
  ['never who only ordered for it', [row('a', 1), row('b', 2, 'member')], ['b']],
  ['nobody of those who only ordered for it', [row('a', 1)], []],
  ['nobody of a department', [{ ...row('a', 1), accountId: 'dept' }], []],
] as const)('%s manage', (_name, members, managers) => {
  expect(managersOf('root', members)).toEqual(managers);
});

function row(customerId: string, since: number, role: 'member' | 'manager' | null = null) {
  return { accountId: 'root', customerId, since, role, claimedAt: 1 };
}

describe('a household', () => {
  test('is founded under a name that no company can have, and managed by who founds it', async () => {
    const { ann } = await twoPeople();
    const { accountId, name } = await foundHousehold(ann, { name: ' ACME ' });
    expect(name).toMatch(/^ACME [2-9A-Z]{4}$/);
    const { accounts } = await getPeople(ann);
    expect(accounts).toMatchObject([
      {
        id: accountId,
        name,
        isManagedByYou: true,
        people: [{ isYou: true, isManager: true, mayRedeem: true }],
      },
    ]);
    await expect(foundHousehold(ann, { name: 'a\nb' })).rejects.toMatchObject({ errors: [{ path: 'name' }] });
  });

  test('invites by mail; who is invited decides, and nobody else can', async () => {
    const { ctx, ann, bob } = await twoPeople();
    const { accountId, name } = await foundHousehold(ann, { name: 'Home' });
    const { id } = await invitePerson(ann, { accountId, email: 'bob@x.example', mayRedeem: false });
    const [mail] = await listMailbox(ctx);
    expect(mail).toMatchObject({ template: 'invitation', to: 'bob@x.example' });
    expect(mail?.subject).toContain(name);
    await expect(answerInvitation(ann, { invitationId: id, how: 'accepted' })).rejects.toMatchObject({
      code: 'invitation_over',
    });
    expect((await getPeople(bob)).invitations).toMatchObject([{ id, accountName: name, mayRedeem: false }]);
    await answerInvitation(bob, { invitationId: id, how: 'accepted' });
    await expect(answerInvitation(bob, { invitationId: id, how: 'declined' })).rejects.toMatchObject({
      code: 'invitation_over',
    });
    const people = (await getPeople(bob)).accounts[0]?.people;
    expect(people).toMatchObject([
      { isManager: true, mayRedeem: true },
      { isYou: true, isManager: false, mayRedeem: false },
    ]);
    expect(people?.map(({ email }) => email)).toEqual([null, null]);
    await expect(invitePerson(ann, { accountId, email: 'bob@x.example' })).rejects.toMatchObject({
      code: 'already_member',
    });
    expect(await kinds(ctx, accountId)).toEqual(['household_founded', 'person_invited', 'person_joined']);
  });

  test('an invitation carries no link of who invites', async () => {
    const { ctx, ann } = await twoPeople();
    const links = [
      'win24.com/pay',
      'evil.example',
      '203.0.113.7',
      '夢。世界',
      'a\uff0eb1',
      'evil。com',
      'No.5 at 1.2',
    ];
    for (const name of ['Win at evil.example', 'See http://x', 'www.x', 'Home \u202eemoH', ...links])
      await expect(foundHousehold(ann, { name })).rejects.toMatchObject({ code: 'validation_failed' });
    const { accountId } = await foundHousehold(ann, { name: 'St. John & J.R. Smith No. 5' });
    const rename = 'UPDATE customers SET name = ? WHERE id = ?';
    await ctx.db.write([{ sql: rename, args: ['Prize: evil.example', idOf(ann)] }]);
    await invitePerson(ann, { accountId, email: 'eve@x.example' });
    const [mail] = await listMailbox(ctx);
    expect(mail).toMatchObject({ template: 'invitation', to: 'eve@x.example' });
    expect(mail?.text).not.toContain('evil.example');
  });

  test('no address gets more than five invitations a day, whoever sends them', async () => {
    const { shop, ann, bob } = await twoPeople();
    const homes = await Promise.all(
      [ann, bob].map(async (who) => ({ who, ...(await foundHousehold(who, { name: 'Home' })) })),
    );
    const to = (email: string, sent: number) => {
      const { who = ann, accountId = '' } = homes[sent % 2] ?? {};
      return invitePerson(who, { accountId, email });
    };
    for (let sent = 0; sent < 5; sent += 1) await to('eve@x.example', sent);
    await expect(to('eve@x.example', 5)).rejects.toMatchObject({ code: 'too_many_requests' });
    await to('kim@x.example', 5);
    shop.clock.advance(DAY_MS);
    await to('eve@x.example', 5);
  });

  test('is nobody else’s to manage', async () => {
    const { ctx, ann, bob } = await twoPeople();
    const { accountId } = await foundHousehold(ann, { name: 'Home' });
    const attempts = [
      invitePerson(bob, { accountId, email: 'eve@x.example' }),
      changePerson(bob, { accountId, customerId: idOf(ann), mayRedeem: false }),
      removePerson(bob, { accountId, customerId: idOf(ann) }),
      withdrawPersonInvitation(bob, { accountId, invitationId: 'none' }),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
    await join(ann, bob, accountId, true);
    await expect(
      changePerson(bob, { accountId, customerId: idOf(ann), mayRedeem: false }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    const analyst: Context = { ...ctx, actor: { kind: 'staff', id: 's', role: 'analyst' } };
    await expect(removePerson(analyst, { accountId, customerId: idOf(bob) })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const agent: Context = { ...ctx, actor: { kind: 'staff', id: 's', role: 'agent' } };
    await removePerson(agent, { accountId, customerId: idOf(bob) });
    const acts = await ctx.db.read({ sql: 'SELECT act FROM audit_log', args: [] });
    expect(acts).toContainEqual(['person.removed']);
  });

  test('says who may redeem, in the portal and at the till, from that moment on', async () => {
    const { shop, ctx, ann, bob } = await twoPeople();
    const { accountId, name } = await foundHousehold(ann, { name: 'Home' });
    await join(ann, bob, accountId, true);
    await shop.order({ email: 'ann@x.example', account: name, totals: [40_000] });
    const spend = (who: Context, key: string) => turnIntoVoucher(who, { accountId, amountMinor: 100n, key });
    await spend(bob, 'one');
    await changePerson(ann, { accountId, customerId: idOf(bob), mayRedeem: false });
    await expect(spend(bob, 'two')).rejects.toMatchObject({ code: 'forbidden' });
    const till = { kind: 'till' as const, amount: 100n, currency: 'EUR', reference: null };
    await expect(redeem(ctx, { ...till, customerId: idOf(bob), accountId })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await redeem(ctx, { ...till, customerId: idOf(ann), accountId });
    await changePerson(ann, { accountId, customerId: idOf(bob), mayRedeem: true });
    await spend(bob, 'three');
    const dated = await ctx.db.read({
      sql: 'SELECT kind, may_redeem FROM membership_events WHERE customer_id = ? ORDER BY id',
      args: [idOf(bob)],
    });
    expect(dated).toEqual([
      ['joined', 1n],
      ['changed', 0n],
      ['changed', 1n],
    ]);
  });

  test('who is removed sees nothing of it, also after ordering for it again', async () => {
    const { shop, ann, bob } = await twoPeople();
    const { accountId, name } = await foundHousehold(ann, { name: 'Home' });
    await join(ann, bob, accountId, true);
    await shop.order({ email: 'bob@x.example', account: name, totals: [1000] });
    expect((await listOrders(bob, everything)).total).toBe(1);
    await removePerson(ann, { accountId, customerId: idOf(bob) });
    await shop.order({ email: 'bob@x.example', account: name, totals: [2000] });
    expect((await listOrders(bob, everything)).total).toBe(0);
    expect((await getPeople(bob)).accounts).toEqual([]);
    expect((await listOrders(ann, everything)).total).toBe(2);
    await join(ann, bob, accountId, false);
    expect((await getPeople(bob)).accounts).toHaveLength(1);
  });

  test('can be left, and is then managed by who is there longest', async () => {
    const { ctx, ann, bob } = await twoPeople();
    const { accountId } = await foundHousehold(ann, { name: 'Home' });
    await join(ann, bob, accountId, true);
    await removePerson(ann, { accountId, customerId: idOf(ann) });
    expect((await getPeople(ann)).accounts).toEqual([]);
    expect((await getPeople(bob)).accounts[0]).toMatchObject({ isManagedByYou: true });
    expect((await kinds(ctx, accountId)).at(-1)).toBe('person_left');
    const own = await ctx.db.read({
      sql: "SELECT id FROM accounts WHERE kind = 'personal' AND owner_id = ?",
      args: [idOf(bob)],
    });
    await expect(
      removePerson(bob, { accountId: String(own[0]?.[0]), customerId: idOf(bob) }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('an order that names a company', () => {
  test('shows its buyer their own orders, and nothing else of the company', async () => {
    const { shop, ann, eve, acme } = await company();
    await shop.order({ email: 'eve@x.example', account: 'ACME', totals: [100], number: 'E-1' });
    expect((await listOrders(eve, everything)).items.map(({ number }) => number)).toEqual(['E-1']);
    const own = await getOrder(eve, { source: 'web', number: 'E-1' });
    expect(own.rewards).toEqual([]);
    await expect(getOrder(eve, { source: 'web', number: acme.number })).rejects.toMatchObject(gone);
    const asked = { accountId: acme.accountId };
    await expect(getOverview(eve, asked)).rejects.toMatchObject(gone);
    await expect(getStatement(eve, { ...asked, page: 1, year: null, kind: null })).rejects.toMatchObject(
      gone,
    );
    expect(await getPeople(eve)).toMatchObject({
      accounts: [],
      unconfirmed: [{ id: acme.accountId, name: 'ACME' }],
    });
    expect((await getPeople(ann)).accounts[0]?.people).toMatchObject([
      { isManager: true, isConfirmed: true },
      { isManager: false, isConfirmed: false, mayRedeem: false },
    ]);
  });

  test('lets its buyer spend and manage nothing, however early they were', async () => {
    const shop = await openShop(moneyBack);
    const first = await shop.order({ email: 'eve@x.example', account: 'ACME', totals: [20_000] });
    const eve = await person(shop, 'eve@x.example');
    const { accountId } = first;
    const till = { kind: 'till' as const, amount: 100n, currency: 'EUR', reference: null };
    await expect(redeem(shop.ctx, { ...till, customerId: idOf(eve), accountId })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const voucher = turnIntoVoucher(eve, { accountId, amountMinor: 100n, key: 'one' });
    await expect(voucher).rejects.toMatchObject(gone);
    for (const attempt of [
      invitePerson(eve, { accountId, email: 'bob@x.example' }),
      changePerson(eve, { accountId, customerId: idOf(eve), isManager: true }),
    ])
      await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
    await redeem(shop.ctx, { ...till, customerId: null, accountId });
  });

  test('makes its buyer a member once a manager says so, and staff can undo that', async () => {
    const { shop, ann, eve, acme } = await company();
    const { accountId } = acme;
    await shop.order({ email: 'eve@x.example', account: 'ACME', number: 'E-1' });
    await changePerson(ann, { accountId, customerId: idOf(eve), mayRedeem: false });
    expect((await listOrders(eve, everything)).total).toBe(2);
    expect((await getPeople(eve)).accounts[0]?.isManagedByYou).toBe(false);
    const agent: Context = { ...shop.ctx, actor: { kind: 'staff', id: 's', role: 'agent' } };
    await removePerson(agent, { accountId, customerId: idOf(eve) });
    await shop.order({ email: 'eve@x.example', account: 'ACME' });
    expect((await listOrders(eve, everything)).total).toBe(0);
  });

  test('a department makes nobody a member of the whole, by a second order neither', async () => {
    const { shop, ann, acme } = await company();
    const first = { email: 'eve@x.example', account: 'ACME', department: 'Paris', number: 'P-1' };
    await shop.order(first);
    const eve = await person(shop, 'eve@x.example');
    await changePerson(ann, { accountId: acme.accountId, customerId: idOf(eve), mayRedeem: false });
    await shop.order({ email: 'eve@x.example', account: 'ACME', number: 'E-2' });
    expect((await listOrders(eve, everything)).items.map(({ number }) => number)).toEqual(['P-1']);
    await changePerson(ann, { accountId: acme.accountId, customerId: idOf(eve), mayRedeem: true });
    expect((await getPeople(ann)).accounts[0]?.people[1]).toMatchObject({ department: 'Paris' });
  });

  test('waits for staff where nobody manages the company', async () => {
    const shop = await openShop(moneyBack);
    const { accountId } = await shop.order({ email: 'ann@x.example', account: 'ACME' });
    expect(await listUnconfirmed(shop.ctx)).toEqual([]);
    const ann = await person(shop, 'ann@x.example');
    expect(await listUnconfirmed(shop.ctx)).toMatchObject([
      { accountId, accountName: 'ACME', email: 'ann@x.example' },
    ]);
    await changePerson(shop.ctx, { accountId, customerId: idOf(ann), isManager: true });
    expect(await listUnconfirmed(shop.ctx)).toEqual([]);
    expect((await getPeople(ann)).accounts[0]).toMatchObject({ isManagedByYou: true });
  });
});

/** ACME, managed by Ann, for which Eve will order. */
async function company() {
  const shop = await openShop(moneyBack);
  const acme = await shop.order({ email: 'ann@x.example', account: 'ACME', totals: [20_000] });
  const [ann, eve] = [await person(shop, 'ann@x.example'), await person(shop, 'eve@x.example')];
  await shop.confirm(acme);
  return { shop, ann, eve, acme };
}

const gone = { code: 'not_found' };

const everything = { accountId: null, page: 1, search: null, year: null, state: null };

async function twoPeople() {
  const shop = await openShop(moneyBack);
  const [ann, bob] = [await person(shop, 'ann@x.example'), await person(shop, 'bob@x.example')];
  return { shop, ctx: shop.ctx, ann, bob };
}

async function person(shop: Shop, email: string): Promise<Context> {
  return shop.as((await signIn(shop.ctx, email)).subjectId);
}

async function join(manager: Context, who: Context, accountId: string, mayRedeem: boolean): Promise<void> {
  const [row] = await who.db.read({ sql: 'SELECT email FROM customers WHERE id = ?', args: [idOf(who)] });
  const { id } = await invitePerson(manager, { accountId, email: String(row?.[0]), mayRedeem });
  await answerInvitation(who, { invitationId: id, how: 'accepted' });
}

const idOf = ({ actor }: Context): string => (actor.kind === 'customer' ? actor.id : '');

async function kinds({ db }: Context, accountId: string): Promise<unknown[]> {
  const rows = await db.read({
    sql: 'SELECT kind FROM history WHERE account_id = ? ORDER BY seq',
    args: [accountId],
  });
  return rows.map(([kind]) => kind);
}

test('the code of a voucher is seen by who may spend, and by nobody else of the account', async () => {
  const { shop, ann, eve, acme } = await company();
  const { accountId } = acme;
  await shop.order({ email: 'eve@x.example', account: 'ACME' });
  await shop.confirm({ accountId, customerId: idOf(eve) }, { isManager: false, mayRedeem: false });
  await turnIntoVoucher(ann, { accountId, amountMinor: 500n, key: 'one' });
  const codes = async (who: Context) => [
    (await getOverview(who, { accountId })).vouchers[0]?.code,
    (await getStatement(who, { accountId, page: 1, year: null, kind: null })).vouchers[0]?.code,
  ];
  const [code] = await codes(ann);
  expect(code).toMatch(/^[2-9A-Z]{4}-/);
  expect(await codes(ann)).toEqual([code, code]);
  expect(await codes(eve)).toEqual([null, null]);
  expect(await exportStatement(eve, { accountId, kind: null, year: null, language: 'en' })).not.toContain(
    code,
  );
});
