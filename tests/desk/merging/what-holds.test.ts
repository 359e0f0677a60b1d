import { expect, test } from 'vitest';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { wantsNews } from '../../../functions/people/joining/consents.ts';
import { codeOf } from '../../../functions/people/sign-in/challenge.ts';
import { confirmEmailChange } from '../../../functions/people/sign-in/confirm-email-change.ts';
import { makeDueEmailChanges, makeEmailChange } from '../../../functions/people/sign-in/make-email-change.ts';
import { requestEmailChange } from '../../../functions/people/sign-in/request-email-change.ts';
import { importCustomers } from '../../../functions/reach/imports/on-node/by-path.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { DAY_MS, moneyBack } from '../../support/shop.ts';
import { signIn } from '../../support/sign-in.ts';
import { testSecret } from '../../support/test-context.ts';
import { ann, old, openTwice } from './two-in-one.ts';

test.each([
  ['a later no', 'no,2026-02-20', 'yes,2026-01-10', false],
  ['a later yes', 'no,2026-01-10', 'yes,2026-02-20', true],
  ['of two at once the no', 'yes,2026-02-20', 'no,2026-02-20', false],
  ['of two at once their own no', 'no,2026-02-20', 'yes,2026-02-20', false],
])('%s to news holds, whichever was recorded first', async (_what, own, other, expected) => {
  for (const isOwnFirst of [true, false]) {
    const shop = await openTwice(moneyBack);
    const said = [`${ann},${own},till`, `${old},${other},till`];
    for (const row of isOwnFirst ? said : said.toReversed())
      await importCustomers(shop.ctx, { path: aFile(`email,news,news_at,news_source\n${row}\n`) });
    const [customerId = ''] = await shop.rows(`SELECT id FROM customers WHERE email = '${ann}'`);
    const before = await wantsNews(shop.ctx, { customerId });
    shop.clock.advance(1000);
    const { id } = await shop.merge();
    expect(await wantsNews(shop.ctx, { customerId })).toBe(expected);
    shop.clock.advance(1000);
    await shop.undo(id);
    expect(await wantsNews(shop.ctx, { customerId })).toBe(before);
  }
});

test('a change of the other email that was waiting is not made after the merge', async () => {
  const shop = await openTwice(moneyBack);
  const own = await signIn(shop.ctx, ann);
  const { subjectId: customerId } = await signIn(shop.ctx, old, '192.0.2.2');
  const asOther: Context = { ...shop.ctx, actor: { kind: 'customer', id: customerId } };
  const { challengeId } = await requestEmailChange(asOther, { customerId, email: 'new@example.com' });
  const code = codeOf(testSecret, challengeId);
  await confirmEmailChange(asOther, { customerId, challengeId, code, oldCode: null, sessionToken: null });
  await shop.merge();
  expect(await shop.rows('SELECT ended_at IS NOT NULL FROM email_changes')).toEqual(['1']);
  shop.clock.advance(2 * DAY_MS);
  await makeDueEmailChanges(shop.ctx);
  await expect(makeEmailChange(shop.ctx, { id: challengeId, keepsSession: null })).rejects.toMatchObject({
    code: 'challenge_expired',
  });
  expect((await signIn(shop.ctx, old, '192.0.2.3')).subjectId).toBe(own.subjectId);
});
