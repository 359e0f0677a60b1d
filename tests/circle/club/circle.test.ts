import { beforeEach, describe, expect, it } from 'vitest';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { listDirectory } from '../../../functions/circle/club/directory/list-directory.ts';
import { showSelf, writeToMember } from '../../../functions/circle/club/directory/show-self.ts';
import { leaveClub } from '../../../functions/circle/club/end-membership.ts';
import { answerPanel } from '../../../functions/circle/club/panel/answer-panel.ts';
import { askPanel, tellOutcome } from '../../../functions/circle/club/panel/ask-panel.ts';
import { listDeskPanel, listPanel } from '../../../functions/circle/club/panel/list-panel.ts';
import { leave } from '../../../functions/people/joining/leave.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { claim, failure, read } from './house.ts';

let shop: Shop;
const ids = new Map<string, string>();
beforeEach(async () => {
  shop = await openShop(moneyBack);
  for (const name of ['ann', 'bob', 'cid', 'guest']) {
    const { customerId } = await shop.order({ email: `${name}@example.com` });
    await claim(shop, customerId);
    if (name !== 'guest')
      await addMember(shop.ctx, { email: `${name}@example.com`, accountId: null, since: null });
    ids.set(name, customerId);
  }
});
const idOf = (name: string) => ids.get(name) ?? '';
const as = (name: string) => shop.as(idOf(name));

describe('the members’ directory', () => {
  const show = (name: string, isShown = true) =>
    showSelf(as(name), { accountId: null, isShown, name: name.toUpperCase(), company: '', interests: 'Tea' });
  const seen = async (name: string) =>
    (await listDirectory(as(name), { accountId: null }))?.members.map((one) => [one.name, one.address]);
  const write = (from: string, to: string, givesAddress = false) =>
    writeToMember(as(from), { accountId: null, toId: idOf(to), text: 'Hello', givesAddress });

  it('is seen by who is in it, and only while they are', async () => {
    await show('ann');
    await show('bob');
    expect(await seen('ann')).toEqual([['BOB', null]]);
    expect(await seen('cid')).toEqual([]);
    expect(await seen('guest')).toBeUndefined();
    expect(await failure(show('guest'))).toBe('club_not_a_member');
    await show('bob', false);
    expect(await seen('ann')).toEqual([]);
    await show('bob');
    await leaveClub(as('bob'), { accountId: null });
    expect(await seen('ann')).toEqual([]);
    expect(await seen('bob')).toBeUndefined();
  });

  it('names nobody who left the portal, and takes no message for them', async () => {
    await show('ann');
    await show('bob');
    await leave(as('bob'));
    expect(await seen('ann')).toEqual([]);
    expect(await failure(write('ann', 'bob'))).toBe('not_found');
  });

  it('shows an address when both have given theirs, and carries messages without', async () => {
    await show('ann');
    await show('bob');
    await write('ann', 'bob');
    await write('ann', 'bob', true);
    expect(await seen('bob')).toEqual([['ANN', null]]);
    await write('bob', 'ann', true);
    expect(await seen('bob')).toEqual([['ANN', 'ann@example.com']]);
    expect(await seen('ann')).toEqual([['BOB', 'bob@example.com']]);
    const mails = await read(
      shop,
      "SELECT params FROM outbox WHERE template = 'directory_message' ORDER BY id",
    );
    expect(mails.map((params) => JSON.parse(params).address)).toEqual([
      null,
      'ann@example.com',
      'bob@example.com',
    ]);
  });

  it('carries nothing to or from who is not in it, and ten messages a day', async () => {
    await show('ann');
    expect(await failure(write('ann', 'bob'))).toBe('not_found');
    expect(await failure(write('bob', 'ann'))).toBe('not_found');
    expect(await failure(write('ann', 'ann'))).toBe('not_found');
    await show('bob');
    for (let count = 0; count < 10; count += 1) await write('ann', 'bob');
    expect(await failure(write('ann', 'bob'))).toBe('too_many_requests');
    shop.clock.advance(DAY_MS);
    expect(await failure(write('ann', 'bob'))).toBeNull();
  });
});

describe('the panel', () => {
  const ask = () =>
    askPanel(shop.ctx, {
      texts: { en: { title: 'Which tea next?', body: '' } },
      choices: [{ en: 'Assam' }, { en: 'Darjeeling' }],
      closesAt: shop.clock.now() + DAY_MS,
    });
  const answer = (name: string, questionId: string, choice: number, comment = '') =>
    answerPanel(as(name), { accountId: null, questionId, choice, comment });

  it('takes one answer of each member, also of two at once', async () => {
    const { id } = await ask();
    const codes = await Promise.all([failure(answer('ann', id, 1)), failure(answer('ann', id, 0))]);
    expect(codes.toSorted()).toEqual(['panel_answered_already', null].toSorted());
    expect(await failure(answer('guest', id, 1))).toBe('club_not_a_member');
    expect(await failure(answer('bob', id, 2))).toBe('validation_failed');
    expect(await failure(answer('bob', 'none', 0))).toBe('not_found');
    shop.clock.advance(DAY_MS);
    expect(await failure(answer('bob', id, 0))).toBe('panel_closed');
  });

  it('tells the outcome once, by mail to who answered, and closes', async () => {
    const { id } = await ask();
    await answer('ann', id, 1, 'More of the hills');
    await answer('bob', id, 1);
    expect(await failure(tellOutcome(shop.ctx, { id, outcome: { en: ' ' } }))).toBe('validation_failed');
    await tellOutcome(shop.ctx, { id, outcome: { en: 'Darjeeling it is' } });
    expect(await failure(tellOutcome(shop.ctx, { id, outcome: { en: 'Assam' } }))).toBe('panel_closed');
    expect(await failure(answer('cid', id, 0))).toBe('panel_closed');
    const told = await read(
      shop,
      "SELECT customer_id FROM outbox WHERE template = 'panel_outcome' ORDER BY 1",
    );
    expect(told).toEqual([idOf('ann'), idOf('bob')].toSorted());
    const [shown] = (await listPanel(as('ann'), { accountId: null })) ?? [];
    expect(shown).toMatchObject({
      mine: 1,
      answers: 2,
      isOpen: false,
      outcome: { names: { en: 'Darjeeling it is' } },
    });
    expect(await listPanel(as('guest'), { accountId: null })).toBeNull();
    const [desk] = await listDeskPanel(shop.ctx);
    expect(desk?.comments).toEqual([{ choice: 1, text: 'More of the hills' }]);
  });
});
