import { z } from 'zod';

/** One thing the business decides for itself, kept in `settings` as text. A room lists its own in its manifest. */
export interface Policy<Value = unknown> {
  key: string;
  /** Reads the kept text. */
  schema: z.ZodType<Value>;
  /** In force until something else is set. */
  standard: Value;
  /** What it decides and what values there are, in words for the command line: `what: values`. */
  about: string;
  /** Whether it is an amount in the currency of the business, which then also decides how many decimals it has. */
  isAmount?: boolean;
}

/** Something that is there or not, as the business decides; not, until it says so. */
export function onOrOff({ key, about }: { key: string; about: string }): Policy<'on' | 'off'> {
  return { key, schema: z.enum(['on', 'off']), standard: 'off', about: `${about}: on or off` };
}

/** Decimal text in the currency of the business. */
export function amountOf({
  key,
  standard,
  about,
}: {
  key: string;
  standard: string;
  about: string;
}): Policy<string> {
  const schema = z.string().regex(/^\d{1,9}(\.\d{1,4})?$/);
  return { key, schema, standard, about: `${about}: an amount such as ${standard}`, isAmount: true };
}
