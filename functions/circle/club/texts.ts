import { z } from 'zod';
import { textIn } from '../../ground/identity/languages.ts';

/** A text in the languages of the business; at least one of them. */
const wordingShape = z.object({ title: z.string(), body: z.string() });
export type Wording = z.infer<typeof wordingShape>;
const textsShape = z.record(z.string(), wordingShape);
/** By language, such as `en`. */
export type Texts = z.infer<typeof textsShape>;

const line = z.string().trim().max(200);
const paragraph = z.string().trim().max(4000);

/** Texts as staff write them: languages left empty are absent, one at least has a title. */
export const textsInput = z
  .record(z.string().regex(/^[a-z]{2,3}$/), z.object({ title: line, body: paragraph.default('') }))
  .transform((texts) => Object.fromEntries(Object.entries(texts).filter(([, { title }]) => title !== '')))
  .refine((texts) => Object.keys(texts).length > 0, {
    params: { code: 'required' },
    message: 'needs a title in one language at least',
  });

/** Texts as a row keeps them. */
export function readTexts(text: string): Texts {
  return textsShape.parse(JSON.parse(text));
}

/** The wording in a language, or in the first there is. */
export function wordedIn(texts: Texts, language: string): Wording {
  return texts[language] ?? Object.values(texts)[0] ?? { title: '', body: '' };
}

export const namesShape = z.record(z.string(), z.string());
/** A name by language. */
export type Names = z.infer<typeof namesShape>;

export function readNames(text: string): Names {
  return namesShape.parse(JSON.parse(text));
}

export function namedIn(names: Names, language: string): string {
  return textIn(names, language);
}
