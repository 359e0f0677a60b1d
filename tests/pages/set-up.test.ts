import { expect, test } from 'vitest';
import { isTimeZone } from '../../functions/ground/platform/business-time.ts';
import { currencyExponent } from '../../functions/ground/platform/money.ts';
import { parseProgrammeFile } from '../../functions/money/rewards/programme.ts';
import { speechIn } from '../../src/locale.ts';
import { guessPlace, knownCurrencies, knownTimeZones } from '../../src/words/places.ts';
import {
  ruleTemplates,
  startingFields,
  templateRule,
  templateRules,
} from '../../src/words/rule-templates.ts';

test.each<[string | null, string, string]>([
  ['uk', 'UAH', 'Europe/Kyiv'],
  ['uk-UA,uk;q=0.9,en;q=0.8', 'UAH', 'Europe/Kyiv'],
  ['en-GB', 'GBP', 'Europe/London'],
  ['en', 'USD', 'America/New_York'],
  ['de-AT;q=0.7', 'EUR', 'Europe/Vienna'],
  ['eo,pl', 'PLN', 'Europe/Warsaw'],
])('a browser that asks for %j is guessed to keep %s in %s', (header, currency, timeZone) => {
  expect(guessPlace(header)).toEqual({ currency, timeZone });
});

test.each([[null], [''], ['*'], ['eo'], ['x'.repeat(10_000)], ['__proto__']])(
  'nothing is guessed of %j',
  (header) => {
    expect(guessPlace(header)).toBeNull();
  },
);

test('what is offered is known', () => {
  expect(knownCurrencies.filter((code) => currencyExponent(code) === null)).toEqual([]);
  expect(knownTimeZones.filter((name) => !isTimeZone(name))).toEqual([]);
});

const speech = speechIn('en', ['en', 'uk']);
const fileOf = (template: (typeof ruleTemplates)[number], fields: Map<string, string>, currency = 'EUR') => ({
  currency,
  timeZone: 'Europe/Kyiv',
  rules: [templateRule(template, { fields, speech, from: '2026-03-01' })],
});

test.each(
  ruleTemplates.flatMap((template) => knownCurrencies.map((currency) => [template, currency] as const)),
)('the template %s begins as a programme in %s', (template, currency) => {
  const fields = new Map(Object.entries(startingFields(template, currency)));
  const parsed = parseProgrammeFile(fileOf(template, fields, currency));
  expect(parsed).toMatchObject({
    ok: true,
    file: { rules: [{ name: { en: expect.any(String), uk: expect.any(String) } }] },
  });
});

test.each<[(typeof ruleTemplates)[number], Record<string, string>, string[]]>([
  ['every', { every_spend: 'much', every_back: '-1' }, ['every_spend', 'every_back']],
  ['steps', {}, ['steps_spend_0']],
  ['steps', { steps_spend_2: '100', steps_back_2: '' }, ['steps_back_2']],
  [
    'steps',
    { steps_spend_0: '100', steps_back_0: '5', steps_spend_2: '100', steps_back_2: '6' },
    ['steps_spend_2'],
  ],
  ['bands', { bands_from_1: '0', bands_percent_1: '101' }, ['bands_percent_1']],
  ['bands', { bands_from_0: 'x', bands_percent_0: '1' }, ['bands_from_0']],
])('what is wrong with %s of %j is told at %j', (template, typed, told) => {
  const fields = new Map(Object.entries(typed));
  const parsed = parseProgrammeFile(fileOf(template, fields));
  const rules = templateRules(speech, template, fields);
  const found = parsed.ok ? [] : parsed.errors.map(({ path }) => nearest(path, rules));
  expect([...new Set(found)]).toEqual(told);
});

function nearest(path: string, rules: ReturnType<typeof templateRules>): string | undefined {
  const parts = path.split('.');
  const keys = parts.map((_, left) => parts.slice(0, parts.length - left).join('.'));
  return keys.map((key) => rules[key]?.field).find((field) => field !== undefined);
}
