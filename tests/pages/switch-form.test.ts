import { describe, expect, test } from 'vitest';
import { ruleJsonOf } from '../../src/programme/rule-form.ts';
import { keptFields, switchForm } from '../../src/programme/switch-form.ts';

const typed = new Map([
  ['name_en', 'Tea money'],
  ['spend', '80'],
  ['back', '4'],
  ['pays', 'credit'],
  ['voucher_months', '9'],
]);
const euro = { currency: 'EUR' };

describe('a rule that becomes another form', () => {
  test('begins with samples, and all else stays as it was typed', () => {
    const steps = switchForm({ from: 'every', to: 'steps' }, { fields: typed, ...euro });
    expect(steps.get('first_0')).toBe('200');
    expect(steps.get('name_en')).toBe('Tea money');
    expect(steps.get('voucher_months')).toBe('9');
    expect(steps.has('spend')).toBe(false);
  });

  test('carries its amounts along, and has them again when it goes back', () => {
    const steps = switchForm({ from: 'every', to: 'steps' }, { fields: typed, ...euro });
    expect(keptFields(steps)).toEqual([
      ['kept_every_spend', '80'],
      ['kept_every_back', '4'],
    ]);
    const bands = switchForm(
      { from: 'steps', to: 'marginal' },
      { fields: steps.set('first_0', '150'), ...euro },
    );
    expect(bands.get('first_0')).toBe('0');
    const back = switchForm({ from: 'marginal', to: 'every' }, { fields: bands, ...euro });
    expect([back.get('spend'), back.get('back')]).toEqual(['80', '4']);
    expect(switchForm({ from: 'every', to: 'steps' }, { fields: back, ...euro }).get('first_0')).toBe('150');
  });

  test('keeps the amounts where both forms have the same', () => {
    const bands = switchForm({ from: 'every', to: 'whole' }, { fields: typed, ...euro });
    bands.set('second_0', '7');
    const other = switchForm({ from: 'whole', to: 'marginal' }, { fields: bands, ...euro });
    expect(other.get('second_0')).toBe('7');
  });

  test('says nothing of a voucher where it pays credit', () => {
    expect(ruleJsonOf('r1', 'every', typed, ['en'])).toMatchObject({ pays: 'credit' });
    const voucher = new Map([...typed, ['pays', 'voucher']]);
    expect(ruleJsonOf('r1', 'every', voucher, ['en'])).toMatchObject({ pays: { voucher: { months: 9 } } });
  });
});
