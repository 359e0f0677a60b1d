import { describe, expect, test } from 'vitest';
import { formatsOf } from '../../../functions/ground/formats/format.ts';
import { textIn } from '../../../functions/ground/identity/languages.ts';
import { inOwnWords, namesIn, ourWords } from '../../../functions/ground/outbox/own-words.ts';
import { checkParts } from '../../../functions/people/texts/check-parts.ts';
import { textsOf } from '../../../functions/people/texts/texts-of.ts';
import { house } from '../../../functions/rooms.ts';
import { locales } from '../../../languages/built.ts';
import { speechIn } from '../../../src/locale.ts';
import { nameWords } from '../../../src/words/texts.ts';

const cases = [...house.letters].flatMap(([template, form]) =>
  (form.own?.cases ?? []).flatMap((name) => locales.map((language) => ({ template, form, name, language }))),
);

describe('our words of a mail, with names in place of values', () => {
  test.each(cases)('$template $name in $language say the same when they are taken for own', (one) => {
    const { form, name, language } = one;
    const open = form.open(form.own?.sample(name, 'EUR') ?? '');
    const { texts } = ourWords(open, language);
    expect(Object.values(texts).join('\n')).not.toMatch(/[⟦⟧]/);
    const mentions = {
      business: 'Tea & Co',
      you: (polite: string) => polite,
      formats: formatsOf(language, 'Europe/Kyiv'),
      code: '482913',
      voucherCode: 'K7QX-M2PD',
      inLanguage: (given: string | Readonly<Record<string, string>>) => textIn(given, language),
    };
    const ours = open.write(language, mentions);
    const own = open.own(mentions);
    expect(own?.name).toBe(name);
    expect(inOwnWords(ours, texts, own?.values ?? {})).toEqual(ours);
  });
});

describe('every text', () => {
  test.each(locales)('in %s is right as it stands, and has all that it has to name', (language) => {
    for (const text of textsOf(house, language, new Map())) {
      const typed = Object.fromEntries(text.parts.map(({ name, ours }) => [name, ours]));
      expect({ key: text.key, ...checkParts(text, typed) }).toEqual({ key: text.key, ok: true, parts: {} });
      for (const { names, ours } of text.parts) expect(names).toEqual(expect.arrayContaining(namesIn(ours)));
    }
  });

  test.each(locales)('in %s explains each name that it may mention', (language) => {
    const { t } = speechIn(language, [language]);
    const names = new Set(
      textsOf(house, language, new Map()).flatMap(({ parts }) => parts.flatMap((part) => part.names)),
    );
    expect([...names].filter((name) => nameWords(name, t) === name)).toEqual([]);
  });

  test('has a key of its own', () => {
    const keys = textsOf(house, 'en', new Map()).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
