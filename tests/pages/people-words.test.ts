import { expect, test } from 'vitest';
import { formatsOf } from '../../functions/ground/formats/format.ts';
import { speechIn } from '../../src/locale.ts';
import { invitedWords, personWords } from '../../src/words/people.ts';
import { triggerWords } from '../../src/words/surveys.ts';

const uk = speechIn('uk', ['en', 'uk']);
const formats = formatsOf('uk', 'Europe/Kyiv');
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

test('facts of a person stand side by side in Ukrainian, joined by no "and"', () => {
  const anna = {
    customerId: 'c1',
    name: 'Anna',
    email: 'anna@post.example',
    department: null,
    since: Date.UTC(2025, 9, 28, 9),
    isYou: false,
    isManager: true,
    mayRedeem: true,
    isConfirmed: true,
  };
  expect(plain(personWords(uk.t, anna, formats))).toBe(
    'керує рахунком, може витрачати, з 28 жовт. 2025 р., anna@post.example',
  );
  const invitation = {
    id: 'i1',
    email: 'b@post.example',
    mayRedeem: true,
    expiresAt: Date.UTC(2026, 11, 12, 22),
  };
  expect(plain(invitedWords(uk.t, invitation, formats))).toMatch(/^запрошено, може витрачати, до 12 груд/i);
});

test('a survey of the season names its days', () => {
  const trigger = { kind: 'season' as const, on: ['03-01', '09-01'] };
  expect(triggerWords(uk, trigger)).toBe('щороку 1 березня, 1 вересня');
  expect(triggerWords(speechIn('en', ['en', 'uk']), trigger)).toBe('each year on 1 March, 1 September');
});
