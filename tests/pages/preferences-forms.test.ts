import { expect, test } from 'vitest';
import { listConsentRows } from '../../functions/people/joining/find-profile.ts';
import { getPreferences } from '../../functions/people/preferences/get-preferences.ts';
import {
  type PreferencesChange,
  setPreferences,
} from '../../functions/people/preferences/set-preferences.ts';
import { asReader } from '../../functions/people/preferences/unsubscribe.ts';
import { speechIn } from '../../src/locale.ts';
import { SHOWN_FIELD, savePreferences } from '../../src/preferences-forms.ts';
import { openShop } from '../support/shop.ts';

test.each([
  ['', '0', 0],
  ['', '14', 14],
  ['0', '', null],
  ['3', '3', 2],
  ['', '15', 2],
  ['', 'x', 2],
])('what was shown as %j and chosen as %j a week is kept as %j', async (shown, chosen, expected) => {
  const { set, save, kept } = await setUp();
  await set({ weekMax: 2 });
  expect(await save({ weekMax: shown }, { weekMax: chosen })).toEqual([]);
  expect((await kept()).general.weekMax).toBe(expected);
});

test('a form that lay open takes nothing back that was said meanwhile', async () => {
  const { customerId, set, save, kept } = await setUp();
  const shown = { 'wish-club-mail': 'on', 'wish-news-mail': 'on', format: 'full', weekMax: '', tone: '' };
  const club = { topic: 'club', channel: 'mail' } as const;
  await set({ wishes: [{ ...club, isOn: false, monthMax: 2 }], format: 'plain', weekMax: 1 });
  expect(await save(shown, { ...shown, tone: 'formal' })).toEqual([]);
  const { wishes, general, tone } = await kept();
  const find = (name: string) => wishes.find(({ topic }) => topic === name);
  expect([find('club')?.isOn, find('news')?.isOn]).toEqual([false, false]);
  expect([general.format, general.weekMax, tone]).toEqual(['plain', 1, 'formal']);
  expect(customerId).not.toBe('');
});

test('a topic that is switched off in the form keeps how often it may come', async () => {
  const { set, save, kept } = await setUp();
  await set({ wishes: [{ topic: 'club', channel: 'mail', isOn: true, monthMax: 2 }] });
  await save({ 'wish-club-mail': 'at-most-2' }, { 'wish-club-mail': 'off' });
  expect((await kept()).wishes.find(({ topic }) => topic === 'club')).toMatchObject({
    isOn: false,
    monthMax: 2,
  });
});

test('news is agreed to in the wording of the page, whatever language is kept', async () => {
  const { ctx, customerId, set, save } = await setUp();
  await set({ language: 'en' });
  await save({ 'wish-news-mail': 'off' }, { 'wish-news-mail': 'on' });
  expect(await listConsentRows(ctx.db, { customerId })).toMatchObject([
    { kind: 'news', isGiven: true, language: 'uk' },
  ]);
});

/** Ann, and her preferences as a form in Ukrainian that showed something and is sent. */
async function setUp() {
  const shop = await openShop();
  const { customerId } = await shop.order({ email: 'ann@example.com' });
  const ctx = asReader(shop.ctx, customerId);
  const speech = speechIn('uk', ['en', 'uk']);
  return {
    ...{ ctx, customerId },
    kept: () => getPreferences(ctx, { customerId }),
    set: (change: Omit<PreferencesChange, 'customerId'>) => setPreferences(ctx, { customerId, ...change }),
    save: (shown: Record<string, string>, chosen: Record<string, string>) => {
      const form = new Map([...Object.entries(chosen), [SHOWN_FIELD, new URLSearchParams(shown).toString()]]);
      return savePreferences(ctx, speech, { customerId, form, source: 'settings' });
    },
  };
}
