import { expect, test } from 'vitest';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { claimDrop } from '../../../functions/circle/club/drops/claim-drop.ts';
import { listMemberDrops } from '../../../functions/circle/club/drops/member-drops.ts';
import { createDrop } from '../../../functions/circle/club/drops/open-drop.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { removeSegment, setSegment } from '../../../functions/insight/segments/set-segment.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { parseDraft } from '../../../functions/money/rehearsal/draft.ts';
import { rehearse } from '../../../functions/money/rehearsal/rehearse.ts';
import { sendSurvey } from '../../../functions/voice/surveys/send-survey.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { openSurveyShop } from '../../voice/surveys/survey-shop.ts';

const twice = { combinator: 'and', rules: [{ field: 'orders.count', operator: '>=', value: 2 }] };
const forTwice = { ...moneyBack, for: 'twice' };

async function balanceOf({ db }: Context, accountId: string): Promise<number> {
  const [row] = await db.read({ sql: 'SELECT balance_minor FROM accounts WHERE id = ?', args: [accountId] });
  return Number(row?.[0]);
}

const kindsOf = async ({ ctx }: Shop, accountId: string) =>
  (
    await ctx.db.read({
      sql: "SELECT kind FROM history WHERE account_id = ? AND kind LIKE 'segment%' ORDER BY seq",
      args: [accountId],
    })
  ).flat();

/** A shop in which whoever ordered twice gets money back from then on. */
async function openTwice() {
  const shop = await openShop(moneyBack);
  await setSegment(shop.ctx, { id: 'twice', definition: twice });
  await shop.setRules(forTwice);
  const now = () => new Date(shop.clock.now()).toISOString();
  const buy = (number: string, more: object = {}) =>
    shop.order({ number, placedAt: now(), totals: [10_000], ...more });
  return { ...shop, buy };
}

test('a rule for a segment counts what is ordered while in it', async () => {
  const shop = await openTwice();
  const { ctx, clock, buy } = shop;
  const { accountId } = await buy('W-a');
  await buy('W-b');
  clock.advance(1000);
  await runJobs(ctx);
  expect(await balanceOf(ctx, accountId)).toBe(0);
  expect(await kindsOf(shop, accountId)).toEqual(['segment_entered']);
  clock.advance(1000);
  await buy('W-c');
  expect(await balanceOf(ctx, accountId)).toBe(500);
  clock.advance(1000);
  await shop.event('W-a', { status: 'cancelled' });
  await shop.event('W-b', { status: 'cancelled' });
  await runJobs(ctx);
  expect(await kindsOf(shop, accountId)).toEqual(['segment_entered', 'segment_left']);
  clock.advance(1000);
  await buy('W-d');
  expect(await balanceOf(ctx, accountId)).toBe(500);
  expect((await verify(ctx)).found).toEqual([]);
});

test('an order placed later than somebody comes in is counted again', async () => {
  const shop = await openTwice();
  const { ctx, clock, buy } = shop;
  const { accountId } = await buy('W-a');
  await buy('W-b', { placedAt: new Date(clock.now() + 60_000).toISOString() });
  expect(await balanceOf(ctx, accountId)).toBe(0);
  await runJobs(ctx);
  await runJobs(ctx);
  expect(await balanceOf(ctx, accountId)).toBe(500);
  expect((await verify(ctx)).found).toEqual([]);
});

test('a rule that comes to be for a segment goes by who was in it before', async () => {
  const shop = await openTwice();
  const { ctx, clock, buy } = shop;
  await shop.setRules(moneyBack);
  const { accountId } = await buy('W-a', { totals: [100] });
  await buy('W-b', { totals: [100] });
  clock.advance(1000);
  await runJobs(ctx);
  clock.advance(1000);
  await buy('W-c');
  const draft = parseDraft({
    currency: 'EUR',
    timeZone: 'Europe/London',
    rules: [{ ...forTwice, id: 'later' }],
  });
  const rehearsed = draft.ok ? await rehearse(ctx, draft.file, { since: null }) : null;
  expect(rehearsed?.draftMinor).toBe(500n);
  await shop.setRules({ ...forTwice, id: 'later' });
  expect((await verify(ctx)).found).toEqual([]);
  expect(await balanceOf(ctx, accountId)).toBe(1000);
});

test('a rule for a segment that is replaced before anything was counted leaves nothing to differ', async () => {
  const shop = await openTwice();
  const { ctx, clock, buy } = shop;
  await buy('W-a');
  const { accountId } = await buy('W-b');
  clock.advance(1000);
  await runJobs(ctx);
  await shop.setRules(moneyBack);
  expect((await verify(ctx)).found).toEqual([]);
  clock.advance(1000);
  await buy('W-c', { totals: [100] });
  await shop.setRules({ ...forTwice, id: 'again' });
  expect((await verify(ctx)).found).toEqual([]);
  expect(await balanceOf(ctx, accountId)).toBe(1000);
});

test('an order counts for a new rule before the programme has reached its account', async () => {
  const shop = await openTwice();
  const { ctx, clock, buy } = shop;
  const { accountId } = await buy('W-a');
  await buy('W-b');
  clock.advance(1000);
  await runJobs(ctx);
  await ctx.db.write([{ sql: 'UPDATE accounts SET settled_revision = 1, segment_spans = NULL', args: [] }]);
  expect((await verify(ctx)).found).toEqual([]);
  clock.advance(1000);
  await buy('W-c');
  expect(await balanceOf(ctx, accountId)).toBe(500);
  await runJobs(ctx);
  expect((await verify(ctx)).found).toEqual([]);
});

test('a programme that names a segment there is none of is refused by its field', async () => {
  const shop = await openTwice();
  await expect(shop.setRules(moneyBack, { ...forTwice, id: 'x', for: 'nobody' })).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [{ path: 'rules.1.for', code: 'unknown_segment' }],
  });
  await expect(removeSegment(shop.ctx, { id: 'twice' })).rejects.toMatchObject({ code: 'segment_in_use' });
});

test('verify names times in a segment that the account does not keep', async () => {
  const { ctx, clock, buy } = await openTwice();
  await buy('W-a');
  await buy('W-b');
  clock.advance(1000);
  await runJobs(ctx);
  await ctx.db.write([{ sql: 'UPDATE accounts SET segment_spans = NULL', args: [] }]);
  expect((await verify(ctx)).found.map(({ what }) => what)).toContain('times in segments');
});

test('a survey goes to those in a segment alone', async () => {
  const shop = await openSurveyShop();
  const { ctx, staff } = shop;
  const surveyId = await shop.survey();
  for (const name of ['ann', 'bob']) await shop.customer(`${name}@example.com`);
  await shop.order({ email: 'ann@example.com' });
  await shop.order({ email: 'ann@example.com' });
  await shop.order({ email: 'bob@example.com' });
  await setSegment(ctx, { id: 'twice', definition: twice });
  await runJobs(ctx);
  const send = (segmentId: string) =>
    sendSurvey(staff, { surveyId, boughtSince: null, segmentId, key: segmentId });
  await expect(send('nobody')).rejects.toMatchObject({
    errors: [{ path: 'segmentId', code: 'unknown_segment' }],
  });
  await send('twice');
  await expect(removeSegment(ctx, { id: 'twice' })).rejects.toMatchObject({ code: 'segment_in_use' });
  await runJobs(ctx);
  await removeSegment(ctx, { id: 'twice' });
  const asked = await shop.rows(
    'SELECT c.email FROM survey_invitations i JOIN customers c ON c.id = i.customer_id',
  );
  expect(asked).toEqual([['ann@example.com']]);
});

test('a survey for a segment asks about the account that is in it', async () => {
  const shop = await openSurveyShop();
  const { ctx, staff } = shop;
  const surveyId = await shop.survey();
  await shop.customer('ann@example.com');
  const order = await shop.order({ email: 'ann@example.com', account: 'ACME' });
  await shop.confirm(order);
  const rules = [{ field: 'account.kind', operator: '=', value: 'company' }];
  await setSegment(ctx, { id: 'companies', definition: { combinator: 'and', rules } });
  await runJobs(ctx);
  await sendSurvey(staff, { surveyId, boughtSince: null, segmentId: 'companies', key: 'k' });
  await runJobs(ctx);
  expect(await shop.rows('SELECT root_id FROM survey_invitations')).toEqual([[order.accountId]]);
});

test('a drop for a segment is told to and claimed by members in it alone', async () => {
  const shop = await openTwice();
  const { ctx, clock, buy } = shop;
  await shop.setRules(moneyBack);
  await setPolicy(ctx, 'club', 'on');
  await buy('W-a');
  const ann = await buy('W-b');
  const bob = await shop.order({ number: 'W-c', email: 'bob@example.com' });
  for (const { customerId } of [ann, bob])
    await ctx.db.write([{ sql: 'UPDATE customers SET claimed_at = 1 WHERE id = ?', args: [customerId] }]);
  for (const email of ['ann@example.com', 'bob@example.com'])
    await addMember(ctx, { email, accountId: null, since: null });
  await runJobs(ctx);
  const { id } = await createDrop(ctx, {
    ...{ texts: { en: { title: 'First flush', body: '' } }, stock: 2, closesAt: clock.now() + 60_000 },
    ...{ segmentId: 'twice', windows: [{ level: '', opensAt: clock.now() }] },
  });
  await runJobs(ctx);
  const told = await ctx.db.read({
    sql: "SELECT customer_id FROM outbox WHERE template = 'drop_open'",
    args: [],
  });
  expect(told).toEqual([[ann.customerId]]);
  expect(await listMemberDrops(ctx, bob.accountId)).toEqual([]);
  await expect(removeSegment(ctx, { id: 'twice' })).rejects.toMatchObject({
    message: 'A drop is for its members.',
  });
  const claim = (customerId: string) =>
    claimDrop({ ...ctx, actor: { kind: 'customer', id: customerId } }, { dropId: id, accountId: null });
  await expect(claim(bob.customerId)).rejects.toMatchObject({ code: 'drop_not_open' });
  await claim(ann.customerId);
  const granted = await ctx.db.read({
    sql: 'SELECT c.customer_id FROM drop_grants g JOIN drop_claims c ON c.id = g.claim_id',
    args: [],
  });
  expect(granted).toEqual([[ann.customerId]]);
});
