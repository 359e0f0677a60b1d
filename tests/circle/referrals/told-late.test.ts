import { expect, test } from 'vitest';
import { findCodeOwner } from '../../../functions/circle/referrals/queries.ts';
import { tellCode } from '../../../functions/circle/referrals/tell-code.ts';
import { leave } from '../../../functions/people/joining/leave.ts';
import { DAY_MS } from '../../support/shop.ts';
import { openCircle } from './circle.ts';

const ben = 'ben@example.com';

test('a code is told after it was made, and 14 days late at most', async () => {
  const circle = await openCircle();
  const { ctx, clock, code } = circle;
  const tell = (toldAt: number) => tellCode(ctx, { code, customer: { email: ben, name: null }, toldAt });
  const refused = { code: 'validation_failed', errors: [{ path: 'toldAt' }] };
  await expect(tell(Date.parse('1900-01-01'))).rejects.toMatchObject(refused);
  clock.advance(20 * DAY_MS);
  await expect(tell(clock.now() - 15 * DAY_MS)).rejects.toMatchObject(refused);
  expect(await circle.tell(ben, { toldAt: clock.now() - 13 * DAY_MS })).toMatchObject({
    id: expect.any(String),
  });
});

test('who was a customer before is held, whenever the code is said to have been told', async () => {
  const circle = await openCircle();
  const { clock } = circle;
  clock.advance(20 * DAY_MS);
  await circle.buy(ben);
  clock.advance(5 * DAY_MS);
  const { id } = await circle.tell(ben, { toldAt: clock.now() - 10 * DAY_MS });
  await circle.buy(ben);
  clock.advance(40 * DAY_MS);
  await circle.look();
  expect(await circle.reasonsOf(id)).toContain('existing_customer');
});

test('the code of who left is nobody’s', async () => {
  const { ctx, ann, code } = await openCircle();
  expect(await findCodeOwner(ctx.db, { code })).not.toBeNull();
  await leave({ ...ctx, actor: { kind: 'customer', id: ann } });
  expect(await findCodeOwner(ctx.db, { code })).toBeNull();
});
