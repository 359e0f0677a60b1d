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
  /** How it is chosen in a form; one line of text where nothing is said. */
  form?: PolicyForm;
  /** The page of its own on which staff set it, where it has one; the page of settings then leaves it out. */
  page?: string;
  /** Whether only an owner may set it: what bounds managers themselves. */
  isForOwners?: boolean;
  /** Whether it moves money or lets people in, so that staff prove their second factor again. */
  needsProof?: boolean;
}

export type PolicyForm =
  | { kind: 'switch' }
  | { kind: 'choice'; choices: readonly string[] }
  /** A whole number, both ends included. */
  | { kind: 'number'; from: number; to: number }
  /** In the currency of the business, which also decides how many decimals it has; `off` where it may be none. */
  | { kind: 'amount'; mayBeOff: boolean }
  /** A pattern of web addresses; `off` for none. */
  | { kind: 'address' }
  /** Opening hours as `parseWeek` reads them. */
  | { kind: 'hours' };

/** What staff need to know of a policy to say it in words. */
type Described<Value> = Pick<Policy<Value>, 'key' | 'standard' | 'about' | 'isForOwners' | 'needsProof'>;

/** Something that is there or not, as the business decides; until it says so, as `standard` says, else not. */
export function onOrOff({
  about,
  standard = 'off',
  ...rest
}: Pick<Policy, 'key' | 'about' | 'needsProof'> & { standard?: 'on' | 'off' }): Policy<'on' | 'off'> {
  const form = { kind: 'switch' } as const;
  return { ...rest, schema: z.enum(['on', 'off']), standard, about: `${about}: on or off`, form };
}

/** One of a few words. */
export function choiceOf<const Choice extends string>({
  choices,
  ...rest
}: Described<NoInfer<Choice>> & { choices: readonly Choice[] }): Policy<Choice> {
  const schema = z.custom<Choice>((value) => choices.some((choice) => choice === value));
  return { ...rest, schema, form: { kind: 'choice', choices } };
}

/** A whole number, both ends included. */
export function wholeNumber({
  from,
  to,
  about,
  ...rest
}: Described<number> & { from: number; to: number }): Policy<number> {
  const schema = z.string().regex(/\S/).transform(Number).pipe(z.number().int().min(from).max(to));
  return {
    ...rest,
    schema,
    about: `${about}: a whole number from ${from} to ${to}`,
    form: { kind: 'number', from, to },
  };
}

/** Decimal text in the currency of the business. */
export function amountOf({ about, ...rest }: Described<string>): Policy<string> {
  return {
    ...rest,
    schema: z.string().regex(/^\d{1,9}(\.\d{1,4})?$/),
    about: `${about}: an amount such as ${rest.standard}`,
    form: { kind: 'amount', mayBeOff: false },
  };
}
