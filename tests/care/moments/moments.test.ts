import { afterEach, describe, expect, test } from 'vitest';
import { listMoments } from '../../../functions/care/moments/list-moments.ts';
import { salesMails } from '../../../functions/care/moments/moments.ts';
import { setMoment } from '../../../functions/care/moments/set-moment.ts';
import { logSign, withdrawSign } from '../../../functions/care/moments/social/log-sign.ts';
import { listUnseen } from '../../../functions/care/moments/unseen/list-unseen.ts';
import { workMoments } from '../../../functions/care/moments/work-moments.ts';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { runJobs } from '../../../functions/ground/jobs/run-jobs.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { setPolicy } from '../../../functions/money/business/policies.ts';
import { setPreferences } from '../../../functions/people/preferences/set-preferences.ts';
import { house } from '../../../functions/rooms.ts';
import { answerFeedback, noteOnFeedback } from '../../../functions/voice/feedback/answer-feedback.ts';
import { logFeedback } from '../../../functions/voice/feedback/record-feedback.ts';
import { tellFeedback } from '../../../functions/voice/feedback/tell-feedback.ts';
import { type Copies, copyRows } from '../../bench/copy-rows.ts';
import { log } from '../contacts/house.ts';
import { type MomentsHouse, openMoments } from './house.ts';

const open: MomentsHouse[] = [];
afterEach(() => {
  for (const house of open.splice(0)) house.close();
});
async function openHouse() {
  const house = await openMoments();
  open.push(house);
  return house;
}

const praise = (house: MomentsHouse, customerId: string) =>
  tellFeedback(house.shop.as(customerId), {
    ...{ kind: 'praise', text: 'The best coffee in town, and so friendly.', language: 'en', accountId: null },
    ...{ wantsReply: false, key: newId() },
  });

describe('a parcel that is late', () => {
  const promised = { status: 'shipped', promisedBy: '2026-03-03' } as const;

  test('is told of once, the day after, to whoever ordered, and not where they wrote first or know of a delay', async () => {
    const house = await openHouse();
    await house.switchOn('late_parcel');
    await house.join('late', { ...promised, number: 'L-1' });
    await house.join('there', { ...promised, number: 'T-1', status: 'delivered' });
    await house.join('told', { ...promised, number: 'D-1' });
    await house.shop.event('D-1', { status: 'delayed' });
    const asked = await house.join('asked', { ...promised, number: 'A-1' });
    await tellFeedback(house.shop.as(asked.customerId), {
      ...{ kind: 'problem', text: 'Where is it?', language: 'en', accountId: null, key: newId() },
      order: { source: 'web', number: 'A-1' },
    });
    house.goOn(2);
    expect(await house.work()).toBe(0);
    house.goOn(1);
    expect(await house.work()).toBe(1);
    house.goOn(1);
    expect(await house.work()).toBe(0);
    expect(await house.written('late_parcel')).toEqual(['late']);
    await house.deliver();
    const { body } = house.fake.accepted.at(-1) ?? { body: {} };
    expect(body).toMatchObject({ to: 'late@example.com', subject: 'Your order L-1 is late' });
  });

  test('is not told of while it is switched off, nor later for what was before', async () => {
    const house = await openHouse();
    await house.join('late', { ...promised, number: 'L-1' });
    house.goOn(4);
    expect(await house.work()).toBe(0);
    house.goOn(2);
    await house.switchOn('late_parcel');
    expect(await house.work()).toBe(0);
  });
});

describe('a second purchase', () => {
  test('is invited to once, three weeks after the first, of those who agreed to news and are not premium', async () => {
    const house = await openHouse();
    await house.switchOn('second_purchase');
    const { accountId } = await house.join('club', { bought: [20] });
    await addMember(house.ctx, { email: 'club@example.com', accountId, since: null });
    await house.join('once', { bought: [20] });
    await house.join('quiet', { bought: [20], agrees: false });
    await house.join('twice', { bought: [20, 3] });
    await house.wakeUp();
    expect(await house.work()).toBe(0);
    house.goOn(1);
    await house.wakeUp();
    expect(await house.work()).toBe(1);
    house.goOn(1);
    expect(await house.work()).toBe(0);
    expect(await house.written('second_purchase')).toEqual(['once']);
  });

  test('is let be when the mail would leave for who is premium by then, or after it was switched off', async () => {
    const house = await openHouse();
    await house.switchOn('second_purchase');
    const { accountId } = await house.join('ann', { bought: [20] });
    house.goOn(1);
    await house.wakeUp();
    expect(await house.work()).toBe(1);
    await addMember(house.ctx, { email: 'ann@example.com', accountId, since: null });
    await house.deliver();
    await house.join('bob', { bought: [21] });
    await house.wakeUp();
    expect(await house.work()).toBe(1);
    await house.switchOff('second_purchase');
    await house.deliver();
    const why = "SELECT failure FROM outbox WHERE template = 'second_purchase' ORDER BY created_at";
    expect(await house.rows(why)).toEqual([['premium'], ['stopped']]);
  });

  test('of two who became one is told of once', async () => {
    const house = await openHouse();
    await house.switchOn('second_purchase');
    await house.join('old', { bought: [20] });
    house.goOn(1);
    await house.wakeUp();
    expect(await house.work()).toBe(1);
    await house.join('new', { bought: [21] });
    await mergeCustomers(house.ctx, { survivor: 'new@example.com', merged: 'old@example.com', key: newId() });
    await house.wakeUp();
    expect(await house.work()).toBe(0);
  });
});

test('whoever is about to buy again is written to before the day, once after each purchase', async () => {
  const house = await openHouse();
  await house.switchOn('reorder');
  await house.join('soon', {
    bought: [92, 72, 52, 32, 12],
    lines: [{ id: '1', product: 'Sidamo', total: { amount: 4000, currency: 'EUR' } }],
  });
  await house.join('quiet', { bought: [92, 72, 52, 32, 12], agrees: false });
  await house.wakeUp();
  expect(await house.work()).toBe(0);
  house.goOn(6);
  await house.wakeUp();
  expect(await house.work()).toBe(1);
  house.goOn(1);
  await house.wakeUp();
  expect(await house.work()).toBe(0);
  expect(await house.written('reorder_due')).toEqual(['soon']);
  expect(
    await house.rows(
      "SELECT params ->> '$.product', params ->> '$.lastOn' FROM outbox WHERE template = 'reorder_due'",
    ),
  ).toEqual([['Sidamo', '2026-02-17']]);
});

describe('a reward that nobody looked at', () => {
  test('is told again once after 30 days to whoever may spend it, and listed for the team', async () => {
    const house = await openHouse();
    await house.switchOn('reward_unseen');
    const seen = await house.join('seen', { totals: [20_000] });
    await house.join('unseen', { totals: [20_000] });
    await house.shop.order({ email: 'stranger@example.com', totals: [30_000] });
    // What was delivered yesterday was earned yesterday.
    house.goOn(28);
    expect(await house.work()).toBe(0);
    expect((await listUnseen(house.ctx)).items).toEqual([]);
    await house.ctx.db.write([
      {
        sql: 'UPDATE customers SET inbox_seen_at = ? WHERE id = ?',
        args: [house.clock.now(), seen.customerId],
      },
    ]);
    house.goOn(1);
    expect(await house.work()).toBe(1);
    house.goOn(3);
    expect(await house.work()).toBe(0);
    expect(await house.written('reward_unseen')).toEqual(['unseen']);
    const { items } = await listUnseen(house.ctx);
    expect(items.map(({ name, unseenMinor, toldAt }) => [name, unseenMinor, toldAt !== null])).toEqual(
      expect.arrayContaining([
        ['unseen@example.com', 1000n, true],
        ['stranger@example.com', 1500n, false],
      ]),
    );
    expect(items).toHaveLength(2);
  });

  test('is looked for by steps that ask about many at once, each behind the one before', async () => {
    const house = await openHouse();
    const { ctx } = house;
    await house.switchOn('reward_unseen');
    const paused = await house.join('paused', { totals: [20_000] });
    await setPreferences(house.shop.as(paused.customerId), {
      customerId: paused.customerId,
      pausedUntil: '2026-09-01',
    });
    await house.join('last', { totals: [20_000] });
    await copyRows(ctx.db, { copies: copiesBefore(paused.customerId), many: 600 });
    house.goOn(29);
    let reads = 0;
    const read: Context['db']['read'] = (statement) => {
      reads += 1;
      return ctx.db.read(statement);
    };
    const db = { ...ctx.db, read, fresh: { ...ctx.db.fresh, read } };
    const turn = async () => {
      const steps = { begin: () => endAfter(3) };
      await runJobs({ ...ctx, db, turns: steps }, { name: 'moments' });
      return house.written('reward_unseen');
    };
    expect(await turn()).toEqual([]);
    expect(await turn()).toEqual(['last']);
    expect(reads).toBeLessThan(60);
    for (let more = 0; more < 2; more += 1) await turn();
    expect(await house.rows("SELECT goes_on_after FROM job_runs WHERE name = 'moments'")).toEqual([[null]]);
    expect(await turn()).toEqual(['last']);
  });
});

/** Over once it was asked so often. */
function endAfter(most: number): () => boolean {
  let asked = 0;
  return () => {
    asked += 1;
    return asked > most;
  };
}

/** Copies of a customer with their account, pause and credit, whose ids come before all others. */
function copiesBefore(customerId: string): Copies[] {
  const [customer, account] = ["printf('0-c%04d', n)", "printf('0-a%04d', n)"];
  const accountId = `(SELECT id FROM accounts WHERE owner_id = '${customerId}')`;
  return [
    {
      ...{ table: 'customers', where: `id = '${customerId}'` },
      set: { id: customer, email: "'c' || n || '@example.com'", member_number: 'NULL' },
    },
    {
      ...{ table: 'memberships', where: `customer_id = '${customerId}'` },
      set: { account_id: account, customer_id: customer },
    },
    {
      ...{ table: 'general_preferences', where: `customer_id = '${customerId}'` },
      set: { id: 'id || n', customer_id: customer },
    },
    { table: 'lots', where: `account_id = ${accountId}`, set: { account_id: account } },
    {
      ...{ table: 'accounts', where: `owner_id = '${customerId}'` },
      set: { id: account, root_id: account, owner_id: customer },
    },
  ];
}

describe('praise', () => {
  test('brings one request to recommend us and, later, one for a testimonial', async () => {
    const house = await openHouse();
    await setPolicy(house.ctx, 'referral', 'on');
    await house.switchOn('referral_ask');
    await house.switchOn('testimonial_ask');
    const { customerId } = await house.join('ann');
    const off = await house.join('off');
    await setPreferences(house.shop.as(off.customerId), {
      customerId: off.customerId,
      wishes: [{ topic: 'referral', channel: 'mail', isOn: false }],
    });
    await praise(house, customerId);
    await praise(house, off.customerId);
    expect(await house.work()).toBe(0);
    house.goOn(1.1);
    expect(await house.work()).toBe(1);
    await praise(house, customerId);
    house.goOn(2);
    expect(await house.work()).toBe(0);
    house.goOn(7);
    expect(await house.work()).toBe(2);
    house.goOn(3);
    expect(await house.work()).toBe(0);
    expect(await house.written('referral_ask')).toEqual(['ann']);
    expect(await house.written('testimonial_ask')).toEqual(['ann', 'off']);
  });

  test('that was found elsewhere brings no mail, whoever wrote it', async () => {
    const house = await openHouse();
    await setPolicy(house.ctx, 'referral', 'on');
    await house.switchOn('referral_ask');
    await house.switchOn('testimonial_ask');
    await house.join('ann');
    await logFeedback(house.ctx, {
      ...{ kind: 'praise', text: 'The best coffee in town.', customer: { email: 'ann@example.com' } },
      mention: { place: 'Google', author: 'Ann', rating: 5 },
    });
    for (const days of [1.1, 9]) {
      house.goOn(days);
      expect(await house.work()).toBe(0);
    }
  });

  test('brings no request to recommend us where nothing is promised for that', async () => {
    const house = await openHouse();
    await house.switchOn('referral_ask');
    const { customerId } = await house.join('ann');
    await praise(house, customerId);
    house.goOn(2);
    expect(await house.work()).toBe(0);
  });
});

test('a question is thanked for some days after its answer, whether it was written or asked on the telephone', async () => {
  const house = await openHouse();
  await house.switchOn('query_thanks');
  const ann = await house.join('ann');
  const bob = await house.join('bob');
  const call = await log(house.ctx, {
    customerId: ann.customerId,
    direction: 'in',
    summary: 'Is it vegan?',
    wantsAnswer: true,
  });
  await log(house.ctx, { customerId: bob.customerId, direction: 'in', summary: 'Hello' });
  await house.ctx.db.write([
    { sql: 'UPDATE contacts SET answered_at = ? WHERE id = ?', args: [house.clock.now(), call.id] },
  ]);
  house.goOn(1);
  expect(await house.work()).toBe(0);
  house.goOn(1);
  expect(await house.work()).toBe(1);
  expect(await house.work()).toBe(0);
  expect(await house.written('query_thanks')).toEqual(['ann']);
});

test.each(['question', 'idea'] as const)(
  'a %s is thanked for by its answer: neither by a note on an old case, nor again within a month',
  async (kind) => {
    const house = await openHouse();
    await house.switchOn('query_thanks');
    const { customerId } = await house.join('ann');
    const ask = () =>
      tellFeedback(house.shop.as(customerId), {
        ...{ kind, text: 'Do you have oat milk?', language: 'en', accountId: null },
        ...{ wantsReply: true, key: newId() },
      });
    const reply = (feedbackId: string) =>
      answerFeedback(house.ctx, { feedbackId, text: 'We do.', state: 'resolved' });
    const old = await ask();
    await reply(old.id);
    house.goOn(20);
    await noteOnFeedback(house.ctx, { feedbackId: old.id, text: 'Nice one.' });
    house.goOn(3);
    expect(await house.work()).toBe(0);
    for (const thanked of [1, 0]) {
      await reply((await ask()).id);
      house.goOn(3);
      expect(await house.work()).toBe(thanked);
      await house.deliver();
    }
  },
);

test('whoever stopped buying becomes one task for the team, as many a day as it says', async () => {
  const house = await openHouse();
  await house.switchOn('lapsed_call', { most: '1' });
  await house.join('rich', { bought: [180, 160, 140, 120, 100], totals: [9000] });
  await house.join('poor', { bought: [180, 160, 140, 120, 100], totals: [7000] });
  await house.join('others', { bought: [3], totals: [100] });
  await house.wakeUp();
  expect(await house.work()).toBe(1);
  expect(await house.work()).toBe(0);
  house.goOn(1);
  expect(await house.work()).toBe(1);
  house.goOn(1);
  expect(await house.work()).toBe(0);
  expect(
    await house.rows(
      `SELECT c.email, t.what, t.moment FROM contact_tasks AS t JOIN customers AS c ON c.id = t.customer_id ORDER BY t.at`,
    ),
  ).toEqual([
    ['rich@example.com', 'Call: ask why they stopped buying', 'lapsed_call'],
    ['poor@example.com', 'Call: ask why they stopped buying', 'lapsed_call'],
  ]);
});

describe('followers and posts', () => {
  test('are thanked with a bonus each, once, and the books add up', async () => {
    const house = await openHouse();
    await house.switchOn('social_thanks', { amount: '3.00', most: '2' });
    const { customerId, accountId } = await house.join('ann');
    const follow = { customerId, kind: 'follow', place: 'instagram' } as const;
    expect(await logSign(house.ctx, follow)).toMatchObject({ isNew: true });
    expect(await logSign(house.ctx, follow)).toMatchObject({ isNew: false });
    const post = (link: string) => logSign(house.ctx, { customerId, kind: 'post', place: 'x', link });
    await post('https://x.com/ann/1');
    expect((await house.work()) + (await house.work())).toBe(2);
    await post('https://x.com/ann/2');
    expect(await house.work()).toBe(0);
    expect(await house.rows('SELECT account_id, cause_kind, amount_minor FROM bonuses')).toEqual([
      [accountId, 'thanks', 300],
      [accountId, 'thanks', 300],
    ]);
    expect(await house.written('social_thanks')).toEqual(['ann', 'ann']);
    expect(await house.differences()).toEqual([]);
    const { items } = await listMoments(house.ctx);
    expect(items.find(({ name }) => name === 'social_thanks')?.counts).toMatchObject({
      written: 2,
      givenMinor: 600n,
    });
  });

  test('are one however a link was copied, and of two who became one', async () => {
    const house = await openHouse();
    await house.switchOn('social_thanks');
    const ann = await house.join('ann');
    const old = await house.join('old');
    const post = { customerId: ann.customerId, kind: 'post', place: 'instagram' } as const;
    await logSign(house.ctx, { ...post, link: 'https://instagram.com/p/C1a2b3' });
    const again = await logSign(house.ctx, {
      ...post,
      link: 'http://www.Instagram.com/p/C1a2b3/?igsh=x&utm_source=y#top',
    });
    expect(again.isNew).toBe(false);
    await logSign(house.ctx, { customerId: old.customerId, kind: 'follow', place: 'instagram' });
    expect((await house.work()) + (await house.work())).toBe(2);
    await logSign(house.ctx, { customerId: ann.customerId, kind: 'follow', place: 'instagram' });
    await mergeCustomers(house.ctx, { survivor: 'ann@example.com', merged: 'old@example.com', key: newId() });
    expect(await house.work()).toBe(0);
  });

  test('are known by a link that was written down before links were brought into one form', async () => {
    const house = await openHouse();
    const ann = await house.join('ann');
    const bob = await house.join('bob');
    const old = (id: string, link: string) => ({
      sql: `INSERT INTO social_signs (id, kind, customer_id, place, link, at, actor)
        VALUES (?, 'post', ?, 'instagram', ?, 1, 'system:test')`,
      args: [id, ann.customerId, link],
    });
    await house.ctx.db.write([
      old('one', 'http://www.instagram.com/p/C1a2b3/?igsh=x#top'),
      old('two', 'https://m.instagram.com/p/Кава?utm_source=y'),
    ]);
    const tell = (customerId: string, link: string) =>
      logSign(house.ctx, { customerId, kind: 'post', place: 'instagram', link });
    expect(await tell(ann.customerId, 'https://instagram.com/p/C1a2b3')).toEqual({ id: 'one', isNew: false });
    expect(await tell(ann.customerId, 'https://www.instagram.com/p/Кава/')).toEqual({
      id: 'two',
      isNew: false,
    });
    expect(await tell(ann.customerId, 'https://instagram.com/p/C1a2b')).toMatchObject({ isNew: true });
    expect(await tell(ann.customerId, 'https://instagram.com/p/C1a2b3?img_index=2')).toMatchObject({
      isNew: true,
    });
    await expect(tell(bob.customerId, 'https://instagram.com/p/C1a2b3/')).rejects.toMatchObject({
      errors: [{ path: 'link', code: 'somebody_elses' }],
    });
  });

  test('that were taken back are not thanked for; a post of somebody else is refused', async () => {
    const house = await openHouse();
    await house.switchOn('social_thanks');
    const ann = await house.join('ann');
    const bob = await house.join('bob');
    const link = 'https://x.com/ann/1';
    const { id } = await logSign(house.ctx, { customerId: ann.customerId, kind: 'post', place: 'x', link });
    await expect(
      logSign(house.ctx, { customerId: bob.customerId, kind: 'post', place: 'x', link }),
    ).rejects.toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'link', code: 'somebody_elses' }],
    });
    await withdrawSign(house.ctx, { id });
    expect(await house.work()).toBe(0);
  });
});

describe('any moment', () => {
  test('names mails that there are, and those that sell are let be for who is premium', () => {
    for (const { name, purpose, templates } of house.moments)
      for (const template of templates) {
        expect([name, template, house.letters.has(template)]).toEqual([name, template, true]);
        expect([template, salesMails.some((one) => one === template)]).toEqual([
          template,
          purpose === 'sales',
        ]);
      }
  });

  test('keeps who may not be told now for a later day, and passes over who has a complaint open', async () => {
    const house = await openHouse();
    await house.switchOn('second_purchase');
    const { customerId } = await house.join('ann', { bought: [20] });
    const bob = await house.join('bob', { bought: [20] });
    await setPreferences(house.shop.as(customerId), { customerId, pausedUntil: '2026-03-04' });
    await tellFeedback(house.shop.as(bob.customerId), {
      ...{ kind: 'complaint', text: 'It was cold.', language: 'en', accountId: null, key: newId() },
    });
    house.goOn(1);
    await house.wakeUp();
    expect(await house.work()).toBe(0);
    house.goOn(3);
    expect(await house.work()).toBe(1);
    expect(await house.written('second_purchase')).toEqual(['ann']);
  });

  test('is told once by a job that dies behind its write and by the one after it', async () => {
    const house = await openHouse();
    await house.switchOn('second_purchase');
    await house.join('ann', { bought: [20] });
    house.goOn(1);
    await house.wakeUp();
    const dying = {
      ...house.ctx,
      wakeMail: () => {
        throw new Error('killed');
      },
    };
    await workMoments(dying).catch(() => null);
    expect(await house.work()).toBe(0);
    expect(await house.written('second_purchase')).toEqual(['ann']);
    await house.deliver();
    await house.deliver();
    expect(
      house.fake.accepted.filter(({ body }) => String(body.subject).includes('first purchase')),
    ).toHaveLength(1);
  });

  test('waits for the hour of the business', async () => {
    const house = await openHouse();
    await setPolicy(house.ctx, 'momentHour', '15');
    await house.switchOn('second_purchase');
    await house.join('ann', { bought: [21] });
    await house.wakeUp();
    expect(await house.work()).toBe(0);
    house.goOn(0.25);
    expect(await house.work()).toBe(1);
  });

  test('is set by its name; what is unknown, out of its bounds or not for them is refused', async () => {
    const house = await openHouse();
    await expect(setMoment(house.ctx, { name: 'nothing', isOn: true })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(setMoment(house.ctx, { name: 'reorder', settings: { hours: '1' } })).rejects.toMatchObject({
      errors: [{ path: 'settings.hours' }],
    });
    await expect(setMoment(house.ctx, { name: 'reorder', settings: { days: '99' } })).rejects.toMatchObject({
      errors: [{ path: 'moment.reorder.days' }],
    });
    const agent = { ...house.ctx, actor: { kind: 'staff', id: 's', role: 'agent' } } as const;
    await expect(setMoment(agent, { name: 'reorder', isOn: true })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await house.switchOn('reorder', { days: '5' });
    const { items } = await listMoments(agent);
    expect(items.find(({ name }) => name === 'reorder')).toMatchObject({
      isOn: true,
      setAt: house.clock.now(),
      settings: [{ name: 'days', value: '5', standard: '2' }],
    });
    expect(
      items
        .filter(({ isOn }) => isOn)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['ending_soon', 'event_soon', 'nearly_there', 'reorder']);
  });
});
