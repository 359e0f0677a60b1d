import { isDay } from '../../ground/platform/calendar.ts';

export const ownFieldKinds = ['text', 'number', 'day', 'choice', 'yes_no'] as const;
export type OwnFieldKind = (typeof ownFieldKinds)[number];

/** What customers do with their own value of it on their settings page. */
export const customerUses = ['nothing', 'see', 'edit'] as const;
export type CustomerUse = (typeof customerUses)[number];

/** A field that the business defined. */
export interface OwnField {
  /** How files and programs call it; it stays. */
  key: string;
  kind: OwnFieldKind;
  /** By language; the business's own is always there. */
  names: Readonly<Record<string, string>>;
  /** Empty unless its kind is `choice`. */
  choices: readonly string[];
  customers: CustomerUse;
}

/** Of a value of kind `text`. */
export const TEXT_LENGTH_MAX = 500;

export type ReadValue = { ok: true; value: string } | { ok: false; code: string; message: string };

/**
 * A value as it is kept, from what people, files and programs write: a number without zeros that say nothing, a choice as it
 * was defined, `yes` or `no`. At most 15 digits, which programs read exactly.
 */
export function readOwnValue(
  { kind, choices }: Pick<OwnField, 'kind' | 'choices'>,
  typed: string,
): ReadValue {
  const text = typed.trim();
  switch (kind) {
    case 'text':
      return isLine(text)
        ? { ok: true, value: text }
        : refused('invalid_text', `has to be a line of at most ${TEXT_LENGTH_MAX} characters`);
    case 'number':
      return readNumber(text);
    case 'day':
      return isDay(text)
        ? { ok: true, value: text }
        : refused('invalid_date', 'has to be a day such as 2026-03-31');
    case 'yes_no':
      return readYesNo(text);
    case 'choice': {
      const found = choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
      return found === undefined
        ? refused('invalid_choice', `has to be one of ${choices.join(', ')}`)
        : { ok: true, value: found };
    }
  }
}

/** A kept value as programs are told it. */
export function toJsonValue({ kind }: Pick<OwnField, 'kind'>, value: string): string | number | boolean {
  if (kind === 'number') return Number(value);
  return kind === 'yes_no' ? value === 'yes' : value;
}

const refused = (code: string, message: string): ReadValue => ({ ok: false, code, message });

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused.
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
const isLine = (text: string) => text.length <= TEXT_LENGTH_MAX && text.isWellFormed() && !control.test(text);

function readNumber(text: string): ReadValue {
  const plain = text.replaceAll(/[ \u00a0\u202f]/g, '').replace('\u2212', '-');
  const parts = /^-?(\d{1,40})(?:[.,](\d{0,40}))?$/.exec(plain);
  const whole = (parts?.[1] ?? '').replace(/^0+(?=\d)/, '');
  const rest = withoutLastZeros(parts?.[2] ?? '');
  if (parts === null || whole.length + rest.length > 15)
    return refused('invalid_number', 'has to be a number of at most 15 digits such as 12 or 12.5');
  const digits = rest === '' ? whole : `${whole}.${rest}`;
  return { ok: true, value: plain[0] !== '-' || digits === '0' ? digits : `-${digits}` };
}

function withoutLastZeros(digits: string): string {
  return digits.endsWith('0') ? withoutLastZeros(digits.slice(0, -1)) : digits;
}

const yes = ['yes', 'true', '1', 'так'];
const no = ['no', 'false', '0', 'ні'];

function readYesNo(text: string): ReadValue {
  const word = text.toLowerCase();
  if (yes.includes(word)) return { ok: true, value: 'yes' };
  return no.includes(word) ? { ok: true, value: 'no' } : refused('invalid_choice', 'has to be yes or no');
}
