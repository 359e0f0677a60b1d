import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Variants = { match: Record<string, string> }[];

const readJson = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const patterns: string[] = readJson('project.inlang/settings.json')['plugin.inlang.messageFormat']
  .pathPattern;

/** All catalogues of a language as one; a message in two of them would be lost. */
function read(language: string): Record<string, string | Variants> {
  const messages: Record<string, string | Variants> = {};
  for (const pattern of patterns) {
    for (const [key, message] of Object.entries<string | Variants>(
      readJson(pattern.replace('{locale}', language)),
    )) {
      if (key.startsWith('$')) continue;
      if (key in messages) throw new Error(`${key} stands in two catalogues`);
      messages[key] = message;
    }
  }
  return messages;
}

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
