import { z } from 'zod';
import { email, lineOfText, optionalName } from '../../../ground/platform/input.ts';

export const HOURS_LENGTH_MAX = 120;
export const WORDS_LENGTH_MAX = 400;

/** Text by language; languages that are left empty are absent. */
const inLanguages = (length_max: number) =>
  z
    .record(z.string().regex(/^[a-z]{2,3}$/), lineOfText(length_max))
    .default({})
    .transform((texts) => Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')));

export const profileInput = z.strictObject({
  staffId: z.string().max(100),
  name: optionalName(80),
  phone: optionalName(40),
  mail: z.preprocess((typed) => (typed === '' ? null : typed), email.nullable().default(null)),
  hours: inLanguages(HOURS_LENGTH_MAX),
  words: inLanguages(WORDS_LENGTH_MAX),
});

const keptTexts = z.record(z.string(), z.string());

/** Texts as a row keeps them. */
export const readTexts = (text: string | null): Record<string, string> =>
  keptTexts.parse(JSON.parse(text ?? '{}'));
