import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { composeMail } from '../../functions/people/mail/compose-mail.ts';
import { setPreferences } from '../../functions/people/preferences/set-preferences.ts';
import { repository } from '../support/process.ts';
import { openShop } from '../support/shop.ts';
import { polite, sayAny } from './tone-words.ts';

const folder = `${repository}languages/uk/letters/`;
/** Mail to the team, which is written to politely. */
const toStaff = new Set(['books.ts', 'contacts.ts', 'ideas.ts', 'staff.ts', 'thanks.ts']);
const literal = /'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;

test('what a letter says to a customer politely it says in the other way, too', () => {
  const found = readdirSync(folder)
    .filter((file) => !toStaff.has(file))
    .flatMap((file) => {
      const source = readFileSync(folder + file, 'utf8');
      return [...source.matchAll(literal)].map(([text], at, all) => ({
        ...{ text, name: `${file}: ${text}` },
        isPaired: /\byou\(\s*$/.test(source.slice(0, all[at]?.index)),
      }));
    })
    .filter(({ text }) => sayAny(polite)(['', [text]]));
  expect(found.length).toBeGreaterThan(100);
  expect(found.filter(({ isPaired }) => !isPaired).map(({ name }) => name)).toEqual([
    // To who tries a campaign.
    "campaigns.ts: 'Це перевірка: листа отримали тільки ви. Ваучери в ньому несправжні.'",
    // Of a case, to who has it.
    "feedback.ts: 'Це звернення закріплене за вами, і відповіді ще немає.'",
  ]);
});

test('a mail is worded as its reader chose, around it, too', async () => {
  const shop = await openShop();
  const { customerId } = await shop.order({ email: 'ann@example.com' });
  const own = shop.as(customerId);
  const read = async () => {
    const mail = { id: 'm1', template: 'welcome', params: '{}', customerId, address: null, language: 'uk' };
    return (await composeMail(shop.ctx, mail))?.text ?? '';
  };
  expect(await read()).toContain('Ви з нами');
  await setPreferences(own, { customerId, tone: 'first_name' });
  const close = await read();
  expect(close).toContain('Ти з нами');
  expect(close).toContain('Про що і як тобі писати');
  expect(sayAny(polite)(['', [close]])).toBe(false);
  await setPreferences(own, { customerId, tone: 'formal' });
  expect(await read()).toContain('Ви з нами');
});
