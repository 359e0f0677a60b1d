import { describe, expect, test } from 'vitest';
import { createApp } from '../../functions/app.ts';
import { parseWeek } from '../../functions/ground/platform/business-hours.ts';
import { isTimeZone } from '../../functions/ground/platform/business-time.ts';
import { isDay } from '../../functions/ground/platform/calendar.ts';
import { knownEmail, mailboxOf, normalEmail } from '../../functions/ground/platform/email.ts';
import { normalCode } from '../../functions/ground/platform/ids.ts';
import { parseAddress } from '../../functions/ground/platform/ip-address.ts';
import { parseDecimal, parseSignedDecimal } from '../../functions/ground/platform/money.ts';
import { parseInstantOrDate } from '../../functions/ground/platform/time-text.ts';
import { looksLikeLink } from '../../functions/people/households/looks-like-link.ts';
import { readDate } from '../../functions/reach/imports/date-format.ts';
import { multiply, subtract } from '../../functions/reach/imports/decimals.ts';
import { plainAmount, unlessZero } from '../../functions/reach/imports/printed-amount.ts';
import { pageOf, toldBy } from '../../src/feedback-forms.ts';
import { calendarYear, safeNext, wholeNumber } from '../../src/forms.ts';
import { createTestApi } from '../support/test-api.ts';

const LENGTH = 200_000;

/** Texts that make a pattern with two ways to read them try all of them: they end these tests by their time limit. */
const hostile = [
  '0',
  '1',
  '9,',
  '1.',
  ' ',
  '-',
  '+',
  '(',
  "'",
  '.',
  ':',
  '/',
  '%',
  'a',
  'a-',
  'a@',
  '\\',
  '["',
  '😀',
]
  .map((part) => part.repeat(LENGTH / part.length))
  .flatMap((text) => [text, `${text}x`, `1${text}\n`]);

const readers: Record<string, (text: string) => unknown> = {
  parseDecimal: (text) => parseDecimal(text, 2),
  parseSignedDecimal: (text) => parseSignedDecimal(text, 2),
  plainAmount: (text) => [plainAmount(text), plainAmount(text, true)],
  unlessZero,
  decimals: (text) => [multiply({ unit: text, quantity: text, exponent: 2 }), subtract(text, text)],
  readDate: (text) => [readDate(text, 'DD.MM.YYYY'), readDate(text, 'MM/DD/YY HH:mm')],
  parseInstantOrDate,
  isDay,
  isTimeZone,
  parseWeek,
  parseAddress,
  email: (text) => [normalEmail(text), knownEmail(text), mailboxOf(`${text.slice(0, 1000)}@x.example`)],
  normalCode,
  looksLikeLink,
  wholeNumber,
  calendarYear,
  safeNext: (text) => safeNext(text, '/account'),
  pageOf,
  toldBy: (text) =>
    toldBy(
      new Map([
        ['kind', 'idea'],
        ['order', text],
      ]),
      { language: 'en', accountId: null },
    ),
};

test.each(Object.entries(readers))('%s reads long hostile text to its end', (_name, read) => {
  for (const text of hostile) read(text);
});

describe('the API', () => {
  test('refuses long hostile text in every amount, number, date and name of a body', async () => {
    const { app, bearer } = await createTestApi({ build: createApp });
    const authorization = await bearer(
      'orders:write',
      'customers:write',
      'redemptions:write',
      'feedback:write',
    );
    const document = await (await app.request('/api/v1/openapi.json')).json();
    const examples = Object.entries<Record<string, Operation>>(document.paths).flatMap(
      ([path, operations]) => {
        const example = operations.post?.requestBody?.content['application/json']?.example;
        return example === undefined ? [] : [{ path, example }];
      },
    );
    expect(examples.length).toBeGreaterThan(5);
    for (const { path, example } of examples)
      for (const [name, body] of spoiled(example)) {
        const answer = await app.request(`/api/v1${path.replaceAll(/\{\w+\}/g, 'X')}`, {
          method: 'POST',
          body,
          headers: {
            Authorization: authorization,
            'Content-Type': 'application/json',
            'Idempotency-Key': 'hostile',
          },
        });
        expect(answer.status, `${path} ${name}`).toBeGreaterThanOrEqual(400);
        expect(answer.status, `${path} ${name}`).toBeLessThan(500);
      }
  });

  test('refuses long hostile text in every field of a query', async () => {
    const { app, bearer } = await createTestApi({ build: createApp });
    const authorization = await bearer('orders:read', 'customers:read', 'redemptions:read', 'feedback:read');
    const document = await (await app.request('/api/v1/openapi.json')).json();
    for (const [path, operations] of Object.entries<Record<string, Operation>>(document.paths))
      for (const { in: place, name } of operations.get?.parameters ?? []) {
        if (place !== 'query') continue;
        const query = `${name}=${'0'.repeat(60_000)}x`;
        const answer = await app.request(`/api/v1${path.replaceAll(/\{\w+\}/g, 'X')}?${query}`, {
          headers: { Authorization: authorization },
        });
        expect(answer.status, `${path} ${name}`).toBeLessThan(500);
      }
  });
});

interface Operation {
  requestBody?: { content: Record<string, { example?: unknown }> };
  parameters?: { in: string; name: string }[];
}

/** The example once for each of its leaves, with that replaced by 60,000 zeros and a letter. */
function spoiled(example: unknown): [name: string, body: string][] {
  const leaves: string[][] = [];
  const walk = (value: unknown, path: string[]) => {
    if (typeof value !== 'object' || value === null) leaves.push(path);
    else for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
  };
  walk(example, []);
  return leaves.map((path) => {
    const copy = JSON.parse(JSON.stringify(example));
    const holder = path.slice(0, -1).reduce((inner, key) => inner[key], copy);
    holder[path.at(-1) ?? ''] = `${'0'.repeat(60_000)}x`;
    return [path.join('.'), JSON.stringify(copy)];
  });
}
