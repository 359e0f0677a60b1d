import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import {
  downloadThemeMessages,
  downloadThemes,
} from '../../../functions/desk/console/insight/download-themes.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { tellFeedback } from '../../../functions/voice/feedback/tell-feedback.ts';
import { getThemeMessages, getThemes, suggestThemes } from '../../../functions/voice/themes/get-themes.ts';
import { normalPhrase, partsOfText, phrasesIn, says } from '../../../functions/voice/themes/phrases.ts';
import { endTheme, placeMessage, setTheme } from '../../../functions/voice/themes/set-theme.ts';
import { suggestPhrases } from '../../../functions/voice/themes/suggest.ts';
import { openSurveyShop } from '../surveys/survey-shop.ts';

test.each([
  ['one to three words, none of them empty', 'The quick delivery', ['quick', 'quick delivery', 'delivery']],
  ['no phrase over the end of a sentence', 'Quick. Delivery', ['quick', 'delivery']],
  ['a small word within, never at an end', 'cup of tea', ['cup', 'tea', 'cup of tea']],
  ['Ukrainian, with its apostrophe', 'Дуже свіжа кав’ярня', ['свіжа', "свіжа кав'ярня", "кав'ярня"]],
  ['no numbers, no single letters', '2 x 10', []],
])('finds %s', (_, text, phrases) => {
  expect([...phrasesIn(text)].sort()).toEqual([...phrases].sort());
});

test.each([
  ['quick delivery', 'A very Quick, delivery', false],
  ['quick delivery', 'A very Quick delivery!', true],
  ['deliver*', 'They delivered it', true],
  ['deliver', 'They delivered it', false],
  ['швидк* достав*', 'Дякую за швидку доставку', true],
])('%s in “%s”: %s', (phrase, text, isSaid) => {
  expect(says(partsOfText(text), normalPhrase(phrase))).toBe(isSaid);
});

test('phrases are counted by person, compared with what others say, the longest kept', () => {
  const praise = ['a', 'b', 'c', 'd', 'e', 'f'].map((person) => ({
    person,
    text: 'Quick delivery, good coffee',
  }));
  const often = Array.from({ length: 20 }, () => ({ person: 'a', text: 'My lovely cat' }));
  const others = Array.from({ length: 40 }, (_, at) => ({
    person: `o${at}`,
    text: at < 30 ? 'The coffee was cold' : 'Late',
  }));
  const found = suggestPhrases([...praise, ...often], others, 10).map(({ phrase, people }) => [
    phrase,
    people,
  ]);
  expect(found).toContainEqual(['quick delivery', 6]);
  expect(found).toContainEqual(['good coffee', 6]);
  const phrases = found.map(([phrase]) => phrase);
  for (const absent of ['quick', 'coffee', 'cat']) expect(phrases).not.toContain(absent);
});

async function openPraised() {
  const shop = await openSurveyShop();
  const tell = async (email: string, text: string, kind: 'praise' | 'problem' = 'praise') => {
    const ctx = shop.as(await shop.customer(email));
    const told = await tellFeedback(ctx, {
      kind,
      text,
      language: 'en',
      accountId: null,
      key: `key-of-${text.length}-${email.replaceAll(/[^a-z0-9]/g, '-')}`,
    });
    return told.id;
  };
  return { ...shop, tell };
}

test('a theme has messages by phrase and by hand; taken out, one stays out', async () => {
  const { staff, tell, rows } = await openPraised();
  await tell('ann@example.com', 'Quick delivery again!');
  const second = await tell('ann2@example.com', 'Delivery was quick');
  await tell('bob@example.com', 'They delivered in two days');
  const byHand = await tell('cleo@example.com', 'Here in no time.');
  await tell('dan@example.com', 'Quick delivery? No.', 'problem');
  const id = await setTheme(staff, { id: null, name: 'Fast', phrases: ['Quick  Delivery', 'deliver*', ' '] });
  const people = async () => {
    const { themes, unthemed } = await getThemes(staff);
    return [themes[0]?.phrases, themes[0]?.people, themes[0]?.months.at(-1)?.people, unthemed];
  };
  expect(await people()).toEqual([['deliver*', 'quick delivery'], 3, 3, 1]);
  await placeMessage(staff, { id, messageId: `feedback ${byHand}`, isIn: true });
  await placeMessage(staff, { id, messageId: `feedback ${second}`, isIn: false });
  expect(await people()).toEqual([['deliver*', 'quick delivery'], 3, 3, 1]);
  const { items } = await getThemeMessages(staff, { id, month: '2026-03' });
  expect(items.map(({ text }) => text)).not.toContain('Delivery was quick');
  await setTheme(staff, { id, name: 'Fast', phrases: [] });
  expect((await people())[1]).toBe(1);
  await endTheme(staff, { id, isEnded: true });
  expect((await getThemes(staff)).themes[0]?.endedAt).not.toBe(null);
  expect(await rows("SELECT act FROM audit_log WHERE subject_kind = 'theme' ORDER BY at, id")).toEqual([
    ['theme.made'],
    ['theme.message-placed'],
    ['theme.message-placed'],
    ['theme.changed'],
    ['theme.ended'],
  ]);
});

test('suggestions leave out what a theme has', async () => {
  const { staff, tell } = await openPraised();
  for (const name of ['a', 'b', 'c', 'd']) await tell(`${name}@example.com`, `Warm welcome, ${name}`);
  expect((await suggestThemes(staff)).map(({ phrase }) => phrase)).toEqual(['warm welcome']);
  await setTheme(staff, { id: null, name: 'Welcome', phrases: ['warm welcome'] });
  expect(await suggestThemes(staff)).toEqual([]);
});

test.each([
  [
    'a name twice',
    async (shop: Shop) => setTheme(shop.staff, { id: null, name: 'Fast', phrases: [] }),
    'validation_failed',
  ],
  [
    'an empty name',
    async (shop: Shop) => setTheme(shop.staff, { id: null, name: ' ', phrases: [] }),
    'validation_failed',
  ],
  [
    'a theme that is not there',
    async (shop: Shop) => endTheme(shop.staff, { id: 'none', isEnded: true }),
    'not_found',
  ],
  [
    'an analyst',
    async (shop: Shop) => setTheme(analyst(shop), { id: null, name: 'Kind', phrases: [] }),
    'forbidden',
  ],
])('refuses %s', async (_, act, code) => {
  const shop = await openPraised();
  await setTheme(shop.staff, { id: null, name: 'Fast', phrases: [] });
  const told = await act(shop).catch((error: unknown) => error);
  expect(told instanceof AppError && told.code).toBe(code);
});

test('who was merged counts once, in testimonials and surveys as in feedback', async () => {
  const shop = await openPraised();
  const [one, other] = [await shop.customer('ann@example.com'), await shop.customer('ann2@example.com')];
  await shop.tell('ann@example.com', 'Quick delivery again!');
  await shop.ctx.db.write([
    statement(
      `INSERT INTO testimonials (id, root_id, customer_id, text, name_form, shown_name, consent, language, source, key, at)
       SELECT 't1', a.root_id, m.customer_id, 'Quick delivery', 'first_name', 'Ann', 'yes', 'en', 'portal', 'k', ?
       FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id WHERE m.customer_id = ?`,
      ...[shop.ctx.now(), other],
    ),
  ]);
  expect((await getThemes(shop.staff)).people).toBe(2);
  await mergeCustomers(shop.ctx, {
    ...{ survivor: 'ann@example.com', merged: 'ann2@example.com', key: 'a'.repeat(32) },
  });
  expect(await getThemes(shop.staff)).toMatchObject({ messages: 2, people: 1 });
  const { items } = await getThemeMessages(shop.staff, { id: null, month: null });
  expect(items.map(({ customerId }) => customerId)).toEqual([one, one]);
});

test('files name nobody to analysts', async () => {
  const shop = await openPraised();
  await shop.tell('ann@example.com', 'Quick delivery again!');
  const id = await setTheme(shop.staff, { id: null, name: 'Fast', phrases: ['quick'] });
  const text = async (ctx: Shop['staff']) =>
    await new Response(await downloadThemeMessages(ctx, { id })).text();
  expect(await text(shop.staff)).toContain('Ann Lee');
  const forAnalysts = await text(analyst(shop));
  expect(forAnalysts).toContain('Quick delivery again!');
  expect(forAnalysts).not.toContain('Ann Lee');
  expect(await new Response(await downloadThemes(analyst(shop))).text()).toContain('Fast,2026-03,1,1');
});

type Shop = Awaited<ReturnType<typeof openPraised>>;
const analyst = ({ staff }: Shop): Shop['staff'] => ({
  ...staff,
  actor: { kind: 'staff', id: 'x', role: 'analyst' },
});
