import { expect, test } from 'vitest';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { answerQuestion } from '../../../functions/people/joining/answer-question.ts';
import { getCard } from '../../../functions/people/joining/get-card.ts';
import { getProfile } from '../../../functions/people/joining/get-profile.ts';
import { leave } from '../../../functions/people/joining/leave.ts';
import { askedQuestions } from '../../../functions/people/joining/questions.ts';
import { deliverMail } from '../../../functions/people/mail/deliver-mail.ts';
import { listMailbox } from '../../../functions/people/mail/mailbox.ts';
import { findSession } from '../../../functions/people/sign-in/find-session.ts';
import { verifyCode } from '../../../functions/people/sign-in/verify-code.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { ask, signIn } from '../../support/sign-in.ts';
import { createTestClock, createTestContext } from '../../support/test-context.ts';

test('who leaves is signed out, hears once more, and keeps their orders and balance in the books', async () => {
  const { ctx, order, event } = await openShop(moneyBack);
  const placed = await order({ totals: [12_300], status: 'placed' });
  const here = await signIn(ctx, 'ann@example.com');
  const there = await signIn(ctx, 'ann@example.com');
  await leave(as(ctx, here.subjectId));
  expect(await findSession(ctx, here.token)).toBeNull();
  expect(await findSession(ctx, there.token)).toBeNull();
  const before = (await listMailbox(ctx)).length;
  expect((await listMailbox(ctx))[0]).toMatchObject({ template: 'goodbye', to: 'ann@example.com' });
  await event(placed.number, { status: 'delivered' });
  await deliverMail(ctx);
  const letters = await listMailbox(ctx);
  expect(letters.slice(0, letters.length - before).filter(({ withheld }) => withheld === null)).toEqual([]);
  const balance = 'SELECT balance_minor FROM accounts WHERE owner_id = ?';
  expect(await ctx.db.read({ sql: balance, args: [here.subjectId] })).toEqual([[500n]]);
  const history = await ctx.db.read({ sql: "SELECT count(*) FROM history WHERE kind = 'left'", args: [] });
  expect(history).toEqual([[1n]]);
});

test.each(['open', 'invitation', 'approval'] as const)(
  'who left comes back by proving the email, also when joining is %s',
  async (registration) => {
    const ctx = await createTestContext();
    const first = await signIn(ctx, 'ann@x.example');
    const card = await getCard(as(ctx, first.subjectId));
    await leave(as(ctx, first.subjectId));
    await setPolicy(ctx, 'registration', registration);
    const asked = await ask(ctx, 'ann@x.example');
    const { challengeId, code, browserToken } = asked;
    expect(
      await verifyCode(ctx, { challengeId, code, browserToken, clientAddress: '192.0.2.1' }),
    ).toMatchObject({ kind: 'joining' });
    const again = await signIn(ctx, 'ann@x.example');
    expect(again.subjectId).toBe(first.subjectId);
    expect((await getCard(as(ctx, first.subjectId))).memberNumber).toBe(card.memberNumber);
    const kinds = await ctx.db.read({ sql: 'SELECT kind FROM history ORDER BY seq', args: [] });
    expect(kinds).toEqual([['claimed'], ['left'], ['claimed']]);
  },
);

test('an optional question is asked once, answered or declined, and stays editable', async () => {
  const clock = createTestClock();
  const ctx = await createTestContext({ now: clock.now });
  const ann = as(ctx, (await signIn(ctx, 'ann@x.example')).subjectId);
  expect(await getProfile(ann)).toEqual({ answers: {}, next: 'why', invitations: [] });
  await answerQuestion(ann, { question: 'why', answer: null });
  clock.advance(24 * 3_600_000);
  expect(await getProfile(ann)).toEqual({ answers: {}, next: 'interests', invitations: [] });
  await answerQuestion(ann, { question: 'why', answer: 'The tea' });
  for (const answer of ['02-30', '2000-05-14', ''])
    await expect(answerQuestion(ann, { question: 'birthday', answer })).rejects.toMatchObject({
      errors: [{ path: 'answer' }],
    });
  await answerQuestion(ann, { question: 'birthday', answer: '05-14' });
  expect((await getProfile(ann)).answers).toEqual({ why: 'The tea', birthday: '05-14' });
  const stored = await ctx.db.read({ sql: 'SELECT detail FROM history', args: [] });
  expect(JSON.stringify(stored)).not.toMatch(/tea|05-14/);
});

test('a language is asked and answered among those that the business offers', async () => {
  const ctx = await createTestContext();
  const ann = as(ctx, (await signIn(ctx, 'ann@x.example')).subjectId);
  await answerQuestion(ann, { question: 'language', answer: 'uk' });
  await setPolicy(ctx, 'languages', 'en');
  await expect(answerQuestion(ann, { question: 'language', answer: 'uk' })).rejects.toMatchObject({
    errors: [{ path: 'answer' }],
  });
  expect(askedQuestions(['en', 'uk'])).toContain('language');
  expect(askedQuestions(['uk'])).not.toContain('language');
});

const as = (ctx: Context, id: string): Context => ({ ...ctx, actor: { kind: 'customer', id } });
