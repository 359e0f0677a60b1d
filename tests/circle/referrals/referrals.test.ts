import { describe, expect, test } from 'vitest';
import { decideReferral } from '../../../functions/circle/referrals/decide.ts';
import { DAY_MS, moneyBack } from '../../support/shop.ts';
import { openCircle } from './circle.ts';

const wait = 15 * DAY_MS;

describe('a referral', () => {
  test('goes from a code told at the till to both rewards, once the order is settled', async () => {
    const { tell, buy, join, look, stateOf, paid, clock, mails, differences } = await openCircle();
    const { id } = await tell('ben@friends.example');
    expect(await stateOf(id)).toBe('invited');
    await join('ben@friends.example');
    await look();
    expect(await stateOf(id)).toBe('joined');
    await buy('ben@friends.example');
    await look();
    expect(await stateOf(id)).toBe('ordered');
    expect(await paid(id)).toEqual([]);
    clock.advance(13 * DAY_MS);
    await look();
    expect(await paid(id)).toEqual([]);
    clock.advance(2 * DAY_MS);
    await look();
    expect(await stateOf(id)).toBe('rewarded');
    expect(await paid(id)).toEqual(['700', '500']);
    expect(await mails()).toEqual(['referral_joined', 'referral_rewarded', 'referral_rewarded']);
    await look();
    await look();
    expect(await paid(id)).toEqual(['700', '500']);
    expect(await differences()).toEqual([]);
  });

  test('is settled at delivery where no rule waits, also while there is no programme', async () => {
    const { tell, buy, look, stateOf } = await openCircle(moneyBack);
    const { id } = await tell('ben@friends.example');
    await buy('ben@friends.example', { number: 'B-1', status: 'shipped' });
    await look();
    expect(await stateOf(id)).toBe('ordered');
  });

  test('a return takes both back, and the next order that qualifies pays both again, once', async () => {
    const { tell, buy, look, refund, stateOf, paid, clock, ask, mails, differences } = await openCircle();
    const { id } = await tell('ben@friends.example');
    const number = await buy('ben@friends.example', { totals: [3000] });
    clock.advance(wait);
    await look();
    expect(await paid(id)).toEqual(['700', '500']);
    await refund(number, '1', 1000);
    await look();
    expect(await paid(id)).toEqual(['700', '500']);
    await refund(number, '1', 1);
    await look();
    expect(await stateOf(id)).toBe('returned');
    expect(await paid(id)).toEqual([]);
    expect(await differences()).toEqual([]);
    await buy('ben@friends.example', { totals: [2000] });
    clock.advance(wait);
    await look();
    await look();
    expect(await stateOf(id)).toBe('rewarded');
    expect(await paid(id)).toEqual(['700', '500']);
    expect(await ask('SELECT count(*) FROM bonuses')).toEqual([['4']]);
    expect((await mails()).filter((mail) => mail === 'referral_returned')).toHaveLength(1);
    expect(await differences()).toEqual([]);
  });

  test('a declined one is paid nothing, and the other way round when it is reversed', async () => {
    const { tell, buy, look, stateOf, paid, clock, staff, ask, differences } = await openCircle();
    const { id } = await tell('ben@friends.example');
    await buy('ben@friends.example');
    clock.advance(wait);
    await look();
    const seen = async () => Number((await ask(`SELECT step_seq FROM referrals WHERE id = '${id}'`))[0]?.[0]);
    await decideReferral(staff, {
      id,
      decision: 'declined',
      text: 'We know you both.',
      seenSeq: await seen(),
    });
    expect(await stateOf(id)).toBe('declined');
    expect(await paid(id)).toEqual([]);
    await decideReferral(staff, { id, decision: 'reopened', text: '', seenSeq: await seen() });
    expect(await stateOf(id)).toBe('rewarded');
    expect(await paid(id)).toEqual(['700', '500']);
    expect(await differences()).toEqual([]);
  });
});
