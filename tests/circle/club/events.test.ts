import { beforeEach, describe, expect, it } from 'vitest';
import { addMember } from '../../../functions/circle/club/add-member.ts';
import { answerEvent } from '../../../functions/circle/club/events/answer-event.ts';
import { getMemberEvent } from '../../../functions/circle/club/events/member-events.ts';
import {
  cancelEvent,
  createEvent,
  type EventInput,
} from '../../../functions/circle/club/events/open-event.ts';
import { tellEvents } from '../../../functions/circle/club/events/tell-events.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { DAY_MS, moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { claim, failure, read as readRows } from './house.ts';

let shop: Shop;
let people: string[];
beforeEach(async () => {
  shop = await openShop(moneyBack);
  people = [];
  for (const name of ['a', 'b', 'c', 'd']) {
    const email = `${name}@example.com`;
    const { customerId } = await shop.order({ email });
    await claim(shop, customerId);
    await addMember(shop.ctx, { email, accountId: null, since: null });
    people.push(customerId);
  }
});

const read = (sql: string) => readRows(shop, sql);
const open = (parts: Partial<EventInput> = {}) =>
  createEvent(shop.ctx, {
    texts: { en: { title: 'Tasting', body: '' } },
    place: 'The shop',
    startsAt: shop.clock.now() + 3 * DAY_MS,
    endsAt: shop.clock.now() + 3 * DAY_MS + 1,
    places: 2,
    guestsMax: 1,
    answerUntil: shop.clock.now() + 2 * DAY_MS,
    ...parts,
  });
const say = async (who: number, eventId: string, answer: 'yes' | 'no' | 'maybe', guests = 0) =>
  (await answerEvent(shop.as(people[who] ?? ''), { accountId: null, eventId, answer, guests })).state;

describe('answering an event', () => {
  it('seats, lets wait, and moves up with a mail and a line of history', async () => {
    const { id } = await open();
    expect([await say(0, id, 'yes', 1), await say(1, id, 'yes'), await say(2, id, 'maybe')]).toEqual([
      'seated',
      'waiting',
      'none',
    ]);
    expect(await say(0, id, 'yes', 1)).toBe('seated');
    expect(await read('SELECT count(*) FROM club_event_answers')).toEqual(['3']);
    await say(0, id, 'no');
    expect(await read("SELECT customer_id FROM outbox WHERE template = 'event_moved_up'")).toEqual([
      people[1],
    ]);
    expect(await read("SELECT count(*) FROM history WHERE kind = 'event_moved_up'")).toEqual(['1']);
    expect((await verify(shop.ctx)).found).toEqual([]);
  });

  it('is decided one after the other when all answer at once', async () => {
    const { id } = await open({ places: 3 });
    const states = await Promise.all(people.map((_, who) => say(who, id, 'yes')));
    expect(states.toSorted()).toEqual(['seated', 'seated', 'seated', 'waiting']);
    expect(await read('SELECT seq FROM club_event_answers ORDER BY seq')).toEqual(['1', '2', '3', '4']);
  });

  it('is refused to others, too late, with too many guests', async () => {
    const { id } = await open();
    const guest = await shop.order({ email: 'guest@example.com' });
    const asked = { accountId: null, eventId: id, answer: 'yes', guests: 0 } as const;
    expect(await failure(answerEvent(shop.as(guest.customerId), asked))).toBe('club_not_a_member');
    expect(await failure(getMemberEvent(shop.as(guest.customerId), asked))).toBe('not_found');
    expect(await failure(say(0, 'none', 'yes'))).toBe('not_found');
    expect(await failure(say(0, id, 'yes', 2))).toBe('validation_failed');
    await say(0, id, 'yes', 0);
    await say(1, id, 'yes', 0);
    expect(await failure(say(1, id, 'yes', 1))).toBe('event_full');
    shop.clock.advance(2 * DAY_MS);
    expect(await failure(say(2, id, 'yes'))).toBe('event_over');
    expect(await say(0, id, 'no')).toBe('none');
    shop.clock.advance(DAY_MS);
    expect(await failure(say(1, id, 'no'))).toBe('event_over');
  });
});

describe('what members are told', () => {
  const mails = () =>
    read("SELECT template, count(*) FROM outbox WHERE template LIKE 'event%' GROUP BY 1 ORDER BY 1");

  it('is an invitation once, and a reminder a day before to who has a place', async () => {
    const { id } = await open();
    const told = await Promise.all([tellEvents(shop.ctx), tellEvents(shop.ctx)]);
    expect(told[0] + told[1]).toBe(4);
    await say(0, id, 'yes');
    await say(1, id, 'maybe');
    shop.clock.advance(2 * DAY_MS - 1);
    expect(await tellEvents(shop.ctx)).toBe(0);
    shop.clock.advance(1);
    expect(await tellEvents(shop.ctx)).toBe(1);
    expect(await tellEvents(shop.ctx)).toBe(0);
    expect(await mails()).toEqual(['event_invitation 4', 'event_reminder 1']);
  });

  it('is that an event was called off, if they meant to come', async () => {
    const { id } = await open();
    await say(0, id, 'yes');
    await say(1, id, 'maybe');
    await say(2, id, 'no');
    expect(await failure(cancelEvent(shop.ctx, { id, reason: ' ' }))).toBe('validation_failed');
    await cancelEvent(shop.ctx, { id, reason: 'Snow' });
    expect(await failure(cancelEvent(shop.ctx, { id, reason: 'Snow' }))).toBe('event_over');
    expect(await failure(say(3, id, 'yes'))).toBe('event_over');
    expect(await mails()).toEqual(['event_cancelled 2']);
    expect(await tellEvents(shop.ctx)).toBe(0);
  });
});
