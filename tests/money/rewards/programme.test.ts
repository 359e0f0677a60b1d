import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fileOf,
  parseProgrammeFile,
  samePromise,
  toProgrammeJson,
} from '../../../functions/money/rewards/programme.ts';
import { aRule, aVersion, steps, whole } from './builders.ts';

const every = {
  id: 'money-back',
  name: '5 back for every 100',
  scheme: 'every',
  spend: '100.00',
  back: '5.00',
  period: 'lifetime',
  from: '1997-01-01',
};
const { spend: _spend, back: _back, ...promise } = every;

function aFile(...rules: object[]) {
  return { currency: 'USD', timeZone: 'America/New_York', rules };
}

function stepsOf(...targets: object[]) {
  return aFile({ ...promise, scheme: 'steps', targets });
}

function bandsOf(mode: string, ...bands: [string, string][]) {
  return aFile({
    ...promise,
    scheme: 'bands',
    mode,
    bands: bands.map(([from, percent]) => ({ from, percent })),
  });
}

describe('a programme file', () => {
  it('gets every default that it leaves out', () => {
    expect(parseProgrammeFile(aFile(every))).toEqual({
      ok: true,
      file: {
        currency: 'USD',
        timeZone: 'America/New_York',
        debt: 'carry',
        rules: [aRule({ id: 'money-back', name: '5 back for every 100', from: '1997-01-01' })],
      },
    });
  });

  it('is written in one canonical form', () => {
    const bands = bandsOf('whole', ['300', '5'], ['0.00', '1.50']);
    const parsed = parseProgrammeFile({ ...bands, debt: 'forgive' });
    expect(parsed.ok && toProgrammeJson(parsed.file)).toEqual({
      currency: 'USD',
      timeZone: 'America/New_York',
      rules: [
        {
          ...promise,
          scheme: 'bands',
          mode: 'whole',
          bands: [
            { from: '0.00', percent: '1.5' },
            { from: '300.00', percent: '5' },
          ],
          counts: { shipping: false, tax: false, vouchers: true, excludeCategories: [], excludeSkus: [] },
          settleAfterDays: 0,
          expires: 'never',
          pays: 'credit',
          for: 'everyone',
        },
      ],
      debt: 'forgive',
    });
  });

  it.each([
    ['every', aFile({ ...every, expires: { months: 12 }, settleAfterDays: 365 })],
    ['steps', stepsOf({ spend: '250', back: '15' }, { spend: '100', back: '5' })],
    ['marginal bands that fall', bandsOf('marginal', ['0', '5'], ['100', '1'])],
    ['names by language', aFile({ ...every, name: { en: 'Money back', uk: 'Повернення' } })],
    ['a voucher', aFile({ ...every, pays: { voucher: { months: 6, minimum: '20.00' } } })],
    ['no rules', aFile()],
    ['the yen', { ...aFile({ ...every, spend: '10000', back: '500' }), currency: 'JPY' }],
  ])('reads back what it writes: %s', (_name, json) => {
    const first = parseProgrammeFile(json);
    if (!first.ok) throw new Error(first.errors[0]?.message);
    const again = parseProgrammeFile(JSON.parse(JSON.stringify(toProgrammeJson(first.file))));
    expect(again).toEqual(first);
  });
});

describe('refuses', () => {
  const rows: [string, object, string, string][] = [
    ['an unknown field of a rule', aFile({ ...every, colour: 'red' }), 'rules.0.colour', 'unknown_key'],
    ['an unknown field of the file', { ...aFile(every), note: '' }, 'note', 'unknown_key'],
    [
      'an unknown field of counts',
      aFile({ ...every, counts: { fees: true } }),
      'rules.0.counts.fees',
      'unknown_key',
    ],
    ['a field of another scheme', aFile({ ...every, bands: [] }), 'rules.0.bands', 'unknown_key'],
    ['an unknown scheme', aFile({ ...every, scheme: 'some' }), 'rules.0.scheme', 'invalid_value'],
    ['an unknown period', aFile({ ...every, period: 'week' }), 'rules.0.period', 'invalid_value'],
    ['a missing period', aFile({ ...every, period: undefined }), 'rules.0.period', 'required'],
    ['a missing first day', aFile({ ...every, from: undefined }), 'rules.0.from', 'required'],
    [
      'a first day that does not exist',
      aFile({ ...every, from: '2026-02-30' }),
      'rules.0.from',
      'invalid_value',
    ],
    ['an unknown currency', { ...aFile(every), currency: 'XXX' }, 'currency', 'unknown_currency'],
    ['an unknown time zone', { ...aFile(every), timeZone: 'Mars/Olympus' }, 'timeZone', 'unknown_time_zone'],
    ['an unknown debt policy', { ...aFile(every), debt: 'forget' }, 'debt', 'invalid_value'],
    ['money as a number', aFile({ ...every, spend: 100 }), 'rules.0.spend', 'wrong_type'],
    [
      'money beyond the currency’s decimals',
      aFile({ ...every, back: '5.001' }),
      'rules.0.back',
      'too_many_decimals',
    ],
    ['a decimal comma', aFile({ ...every, back: '5,00' }), 'rules.0.back', 'comma'],
    ['a spend of nothing', aFile({ ...every, spend: '0.00' }), 'rules.0.spend', 'not_positive'],
    ['a reward of nothing', aFile({ ...every, back: '0' }), 'rules.0.back', 'not_positive'],
    ['a negative reward', aFile({ ...every, back: '-5' }), 'rules.0.back', 'negative'],
    [
      'more than the largest amount',
      aFile({ ...every, spend: '100000000000.01' }),
      'rules.0.spend',
      'too_large',
    ],
    ['two rules of one id', aFile(every, every), 'rules.1.id', 'duplicate'],
    ['an id with spaces', aFile({ ...every, id: 'money back' }), 'rules.0.id', 'invalid_value'],
    ['an id of 41 characters', aFile({ ...every, id: 'a'.repeat(41) }), 'rules.0.id', 'wrong_length'],
    ['no name', aFile({ ...every, name: undefined }), 'rules.0.name', 'required'],
    ['a number for a name', aFile({ ...every, name: 5 }), 'rules.0.name', 'wrong_type'],
    ['a name in no language', aFile({ ...every, name: {} }), 'rules.0.name', 'required'],
    ['an empty name in a language', aFile({ ...every, name: { en: '' } }), 'rules.0.name.en', 'wrong_length'],
    [
      'a name in another language',
      aFile({ ...every, name: { en: 'x', fr: 'x' } }),
      'rules.0.name',
      'unknown_key',
    ],
    ['an empty name', aFile({ ...every, name: ' ' }), 'rules.0.name', 'wrong_length'],
    ['a name of 121 characters', aFile({ ...every, name: 'a'.repeat(121) }), 'rules.0.name', 'wrong_length'],
    [
      '366 waiting days',
      aFile({ ...every, settleAfterDays: 366 }),
      'rules.0.settleAfterDays',
      'out_of_range',
    ],
    [
      'half a waiting day',
      aFile({ ...every, settleAfterDays: 0.5 }),
      'rules.0.settleAfterDays',
      'wrong_type',
    ],
    [
      'an expiry of no months',
      aFile({ ...every, expires: { months: 0 } }),
      'rules.0.expires.months',
      'out_of_range',
    ],
    [
      'an expiry of 121 months',
      aFile({ ...every, expires: { months: 121 } }),
      'rules.0.expires.months',
      'out_of_range',
    ],
    ['an expiry in words', aFile({ ...every, expires: 'soon' }), 'rules.0.expires', 'invalid_value'],
    [
      'goods as a reward, by name',
      aFile({ ...every, pays: { extra: { percent: '20' } } }),
      'rules.0.pays',
      'not_available',
    ],
    [
      'a donation as a reward, by name',
      aFile({ ...every, pays: { donation: { cause: 'x' } } }),
      'rules.0.pays',
      'not_available',
    ],
    ['a voucher without an end', aFile({ ...every, pays: { voucher: {} } }), 'rules.0.pays', 'invalid_value'],
    [
      'rules for what can be no segment',
      aFile({ ...every, for: 'Our regulars' }),
      'rules.0.for',
      'invalid_value',
    ],
    ['no targets', stepsOf(), 'rules.0.targets', 'out_of_range'],
    [
      '51 targets',
      stepsOf(...Array.from({ length: 51 }, (_, index) => ({ spend: `${index + 1}`, back: '1' }))),
      'rules.0.targets',
      'out_of_range',
    ],
    [
      'two targets of one spend, however written',
      stepsOf({ spend: '100', back: '5' }, { spend: '50', back: '5' }, { spend: '100.00', back: '6' }),
      'rules.0.targets.2.spend',
      'duplicate',
    ],
    [
      'two bands of one start',
      bandsOf('marginal', ['0', '1'], ['0.00', '2']),
      'rules.0.bands.1.from',
      'duplicate',
    ],
    [
      'a whole table that falls',
      bandsOf('whole', ['0', '3'], ['100', '2.99']),
      'rules.0.bands.1.percent',
      'falls',
    ],
    ['a per cent of nothing', bandsOf('whole', ['0', '0']), 'rules.0.bands.0.percent', 'not_positive'],
    ['more than 100 per cent', bandsOf('whole', ['0', '100.01']), 'rules.0.bands.0.percent', 'too_large'],
    [
      'three decimals of a per cent',
      bandsOf('whole', ['0', '1.555']),
      'rules.0.bands.0.percent',
      'too_many_decimals',
    ],
    ['a negative start', bandsOf('whole', ['-1', '1']), 'rules.0.bands.0.from', 'negative'],
  ];

  it.each(rows)('%s', (_name, json, path, code) => {
    const parsed = parseProgrammeFile(json);
    expect(parsed.ok ? [] : parsed.errors.map((error) => [error.path, error.code])).toEqual([[path, code]]);
  });

  it.each([[null], [[]], ['text'], [7], [undefined]])('a file that is %j', (json) => {
    expect(parseProgrammeFile(json).ok).toBe(false);
  });

  it('anything else without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (file, rule) => {
        expect(parseProgrammeFile(file).ok).toBe(false);
        expect(parseProgrammeFile(aFile(...[rule].map(Object))).ok).toBe(false);
      }),
    );
  });
});

it('says in words which rule and field is wrong', () => {
  const messages = (json: unknown) => {
    const parsed = parseProgrammeFile(json);
    return parsed.ok ? [] : parsed.errors.map(({ message }) => message);
  };
  expect(
    messages(aFile({ ...every, spend: 100, for: 'Our regulars', pays: { extra: { percent: '20' } } })),
  ).toEqual([
    'Rule "money-back", spend: must be text in quotes, "100", not a number.',
    'Rule "money-back", pays: "extra" is not available yet; use "credit" or a voucher.',
    'Rule "money-back", for: must be "everyone", "club" or the id of a segment.',
  ]);
  expect(messages(bandsOf('whole', ['0', '3'], ['100', '2']))).toEqual([
    'Rule "money-back", band 2, percent: is below the band before it, so spending more would pay less.',
  ]);
  expect(messages(null)).toEqual(['The programme file must be an object in { }.']);
});

describe('the same rule', () => {
  it('is one that promises the same', () => {
    expect(samePromise(aRule(), aRule())).toBe(true);
    expect(samePromise(aRule(), aRule({ name: 'Other' }))).toBe(true);
  });

  it.each([
    ['scheme', aRule({ scheme: steps })],
    ['first day', aRule({ from: '2000-01-02' })],
    ['waiting days', aRule({ settleAfterDays: 1 })],
    ['expiry', aRule({ expires: { months: 1 } })],
    ['form', aRule({ pays: { voucher: { months: 1, minimum: 0n } } })],
    ['what counts', aRule({ counts: { excludeSkus: ['x'] } })],
  ])('is not one with another %s', (_name, other) => {
    expect(samePromise(aRule(), other)).toBe(false);
  });
});

it('shows the newest version of every rule that has not ended', () => {
  const versions = [
    aVersion(1, { id: 'a' }),
    aVersion(1, { id: 'b' }),
    aVersion(2, { id: 'a', scheme: whole }),
    aVersion(2, { id: 'b' }, '2026-01-01'),
  ];
  const programme = {
    revision: 3,
    currency: 'EUR',
    timeZone: 'Europe/Kyiv',
    debt: 'carry' as const,
    versions,
  };
  expect(fileOf(programme).rules).toEqual([aRule({ id: 'a', scheme: whole })]);
});
