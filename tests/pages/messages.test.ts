import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Variants = { match: Record<string, string> }[];

const read = (language: string): Record<string, string | Variants> =>
  JSON.parse(readFileSync(new URL(`../../messages/${language}.json`, import.meta.url), 'utf8'));

const [en, uk] = [read('en'), read('uk')];
const texts = (message: string | Variants) =>
  typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));
const placeholders = (message: string | Variants) =>
  [...new Set(texts(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();

describe('the catalogues', () => {
  it('say the same things', () => {
    expect(Object.keys(uk)).toEqual(Object.keys(en));
  });

  it.each(Object.keys(en))('fill the same values into %s', (key) => {
    expect(placeholders(uk[key] ?? '')).toEqual(placeholders(en[key] ?? ''));
  });

  it('have every Ukrainian plural', () => {
    for (const message of Object.values(uk)) {
      if (typeof message === 'string') continue;
      const forms = message.flatMap(({ match }) => Object.keys(match));
      expect(forms).toEqual(['plural=one', 'plural=few', 'plural=many', 'plural=other']);
    }
  });
});
