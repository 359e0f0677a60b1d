import { namesIn } from '../../ground/outbox/own-words.ts';
import type { FieldError } from '../../ground/platform/errors.ts';
import type { OwnParts } from '../../money/business/own-texts.ts';
import { type Text, type TextPart, wordsOf } from './text.ts';

export const LENGTH_MAX = { line: 200, paragraph: 2000, paragraphs: 8000 } as const;

export type CheckedParts = { ok: true; parts: OwnParts } | { ok: false; errors: FieldError[] };

/**
 * What the business wants to say, as it is kept: without what is empty or ours anyhow. `errors` have the path `parts.NAME`
 * and one of the codes `too_big`, `invalid_text`, `unknown_name` and `missing_name`; after `:` stands which name it is.
 */
export function checkParts(text: Omit<Text, 'own'>, typed: Readonly<Record<string, string>>): CheckedParts {
  const read = text.parts.map((part) => ({ part, words: readWords(part, typed[part.name] ?? '') }));
  const errors = [
    ...Object.keys(typed)
      .filter((name) => !text.parts.some((part) => part.name === name))
      .map((name) => wrong(name, 'unknown_key', 'is not known here')),
    ...read.flatMap(({ part, words }) => errorsOf(part, words)),
  ];
  const parts = Object.fromEntries(
    read.flatMap(({ part, words }) => (words === '' || words === part.ours ? [] : [[part.name, words]])),
  );
  const named = text.parts.flatMap((part) => namesIn(wordsOf(part, parts)));
  const last = text.parts.at(-1)?.name ?? '';
  for (const name of text.required)
    if (!named.includes(name)) errors.push(wrong(last, 'missing_name', `has to name {${name}}`));
  return errors.length > 0 ? { ok: false, errors } : { ok: true, parts };
}

/** The name that an error is about; null for others. */
export function nameIn({ code, message }: FieldError): string | null {
  return code === 'missing_name' || code === 'unknown_name' ? (namesIn(message)[0] ?? null) : null;
}

function readWords({ form }: TextPart, typed: string): string {
  const lines = typed
    .trim()
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.trim());
  if (form !== 'paragraphs') return lines.filter((line) => line !== '').join(' ');
  return lines
    .join('\n')
    .split(/\n{2,}/)
    .join('\n\n');
}

function errorsOf({ name, form, names }: TextPart, words: string): FieldError[] {
  const unknown = namesIn(words).filter((one) => !names.includes(one));
  return [
    ...(words.length > LENGTH_MAX[form]
      ? [wrong(name, 'too_big', `has to be of at most ${LENGTH_MAX[form]} characters`)]
      : []),
    ...(!words.isWellFormed() || controls.test(words)
      ? [wrong(name, 'invalid_text', 'has characters that no text may have')]
      : []),
    ...unknown.map((one) => wrong(name, 'unknown_name', `names {${one}}, which is not known here`)),
  ];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/;

const wrong = (name: string, code: string, message: string): FieldError => ({
  path: `parts.${name}`,
  code,
  message,
});
