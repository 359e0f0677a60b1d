import { z } from 'zod';
import { locales } from '../../../languages/built.ts';
import { isDay } from '../../ground/platform/calendar.ts';
import { normalEmail } from '../../ground/platform/email.ts';
import type { FieldError } from '../../ground/platform/errors.ts';
import { refuseFields } from '../../ground/platform/parse-input.ts';
import { isBirthday } from '../joining/questions.ts';

const orNull = (text: string) => (text === '' ? null : text);
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const control = /[\u0000-\u001f\u007f]/;

/** A text of one line as a person or a file writes it; null when it is empty. */
export const lineCell = (length_max: number) =>
  z
    .string()
    .trim()
    .max(length_max, `is longer than ${length_max} characters`)
    .refine((text) => text.isWellFormed() && !control.test(text), 'has characters that no name may have')
    .transform(orNull);

/** The same of several lines. */
export const linesCell = (length_max: number) =>
  z
    .string()
    .trim()
    .max(length_max, `is longer than ${length_max} characters`)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'has characters that no text may have')
    .transform(orNull);

/** One of some words, whatever its capitals. */
export const choiceCell = <Word extends string>(words: readonly Word[]) =>
  z
    .string()
    .trim()
    .transform((text, context) => {
      if (text === '') return null;
      const found = words.find((word) => word === text.toLowerCase());
      if (found !== undefined) return found;
      context.addIssue({ code: 'custom', message: `has to be one of ${words.join(', ')}` });
      return z.NEVER;
    });

/** A text that follows a rule. */
export const matchingCell = (isRight: (text: string) => boolean, message: string) =>
  z
    .string()
    .trim()
    .refine((text) => text === '' || isRight(text), message)
    .transform(orNull);

/** What is kept of a person, as it is written in a file, a form or a request (DOMAIN §8); empty is null. */
export const customerCells = {
  email: z
    .string()
    .trim()
    .transform((text, context) => {
      if (text === '') return null;
      const address = normalEmail(text);
      if (address !== null) return address;
      context.addIssue({ code: 'custom', message: 'has to be an email address' });
      return z.NEVER;
    }),
  name: lineCell(200),
  phone: matchingCell(
    (text) => text.length <= 40 && /^[+(\d]/.test(text) && /^[\d +()./-]+$/.test(text) && /\d/.test(text),
    'has to be a phone number such as +44 20 7946 0117',
  ),
  address: linesCell(500),
  birthday: matchingCell(
    (text) => isDay(text) || (text.startsWith('--') && isBirthday(text.slice(2))),
    'has to be a day such as 1990-03-31, or --03-31 without the year',
  ),
  language: choiceCell(locales),
};

export const customerFields = ['email', 'name', 'phone', 'address', 'birthday', 'language'] as const;
export type CustomerField = (typeof customerFields)[number];
export type CustomerDetails = Record<CustomerField, string | null>;

/** What was told of some fields, each by its rule. @throws {AppError} `validation_failed` by the fields' names */
export function readDetails(
  told: {
    readonly [Field in CustomerField]?: string | null | undefined;
  },
): Partial<CustomerDetails> {
  const errors: FieldError[] = [];
  const read: Partial<CustomerDetails> = {};
  for (const field of customerFields) {
    const text = told[field];
    if (text === undefined) continue;
    const parsed = customerCells[field].safeParse(text ?? '');
    if (parsed.success) read[field] = parsed.data;
    else
      errors.push({
        path: field,
        code: 'invalid',
        message: parsed.error.issues[0]?.message ?? 'is not valid',
      });
  }
  refuseFields(errors);
  return read;
}

/** The year of a birthday, or null for one without; and its day, `MM-DD`. */
export function birthdayParts(birthday: string | null): { year: number | null; day: string | null } {
  if (birthday === null) return { year: null, day: null };
  return {
    year: birthday.startsWith('--') ? null : Number(birthday.slice(0, 4)),
    day: birthday.slice(-5),
  };
}
