import { z } from 'zod';
import type { FieldError } from '../../../ground/platform/errors.ts';
import { currencyExponent, parseDecimal } from '../../../ground/platform/money.ts';
import { refuseFields } from '../../../ground/platform/parse-input.ts';
import type { Business } from '../../../money/business/business.ts';
import { type TillLine, type TillSale, totalOf } from '../../../money/till/sale.ts';

/** A sale as the till's form was sent; empty is nothing. */
export interface TypedSale {
  key: string;
  /** Whom it is of: a customer's id, an address that is new to us, or nobody. */
  customerId: string;
  email: string;
  accountId: string;
  amount: string;
  /** What of the amount is of {@link tillParts}, in their sequence. */
  parts: readonly string[];
  vouchers: readonly string[];
  credit: 'none' | 'all' | 'part';
  creditAmount: string;
  /** The sums of the preview that was last seen. */
  shown: string;
}

export interface TillPart {
  category: string | null;
  isGiftCard: boolean;
}

const PARTS_MAX = 6;

/** What has to be told apart, since rules leave it out: gift cards, and the categories of the rules that run. */
export function tillParts({ programme }: Pick<Business, 'programme'>): TillPart[] {
  const running = programme?.versions.filter(({ until }) => until === null) ?? [];
  const categories = new Set(running.flatMap(({ rule }) => rule.counts.excludeCategories));
  const giftCards = { category: null, isGiftCard: true };
  const others = [...categories].map((category) => ({ category, isGiftCard: false }));
  return [giftCards, ...others].slice(0, PARTS_MAX);
}

/**
 * The lines of a sale, and the credit that is asked for.
 * @throws {AppError} `validation_failed` by the fields' names
 */
export function readSums(
  typed: TypedSale,
  { parts, currency }: { parts: readonly TillPart[]; currency: string },
): { lines: TillLine[]; credit: bigint | 'all' } {
  const errors: FieldError[] = [];
  const refuse = (path: string, code: string) => errors.push({ path, code, message: 'is not valid' });
  const money = (path: string, text: string) => {
    const parsed = parseDecimal(text.trim().replace(',', '.'), currencyExponent(currency) ?? 2);
    if (parsed.ok) return parsed.minor;
    refuse(path, 'invalid_amount');
    return 0n;
  };
  const totalMinor = money('amount', typed.amount);
  if (totalMinor === 0n && errors.length === 0) refuse('amount', 'invalid_amount');
  const apart = parts.flatMap((part, index) => {
    const text = typed.parts[index] ?? '';
    const partMinor = text === '' ? 0n : money(`part-${index}`, text);
    return partMinor === 0n ? [] : [{ ...part, totalMinor: partMinor }];
  });
  const rest = totalMinor - totalOf(apart);
  if (rest < 0n) refuse('amount', 'parts_exceed');
  const credit = creditOf(typed, money);
  refuseFields(errors);
  const main = rest === 0n ? [] : [{ category: null, isGiftCard: false, totalMinor: rest }];
  return { lines: [...main, ...apart], credit };
}

function creditOf(
  { credit, creditAmount }: TypedSale,
  money: (path: string, text: string) => bigint,
): bigint | 'all' {
  if (credit === 'all') return 'all';
  return credit === 'part' ? money('creditAmount', creditAmount) : 0n;
}

export type SaleSums = Pick<TillSale, 'lines' | 'vouchers' | 'creditMinor'>;

/** The sums of a sale as the form carries them from the preview to the recording. */
export function shownSums({ lines, vouchers, creditMinor }: SaleSums): string {
  return JSON.stringify([
    lines.map((line) => [line.category, line.isGiftCard, String(line.totalMinor)]),
    vouchers.map(({ code, amountMinor }) => [code, String(amountMinor)]),
    String(creditMinor),
  ]);
}

const minor = z
  .string()
  .regex(/^\d{1,14}$/)
  .transform(BigInt);
const sums = z.tuple([
  z.array(z.tuple([z.string().nullable(), z.boolean(), minor])).max(PARTS_MAX + 1),
  z.array(z.tuple([z.string(), minor])).max(50),
  minor,
]);

/** The same read again; null when it is none of ours. */
export function readShown(text: string): SaleSums | null {
  const parsed = sums.safeParse(asJson(text));
  if (!parsed.success) return null;
  const [lines, vouchers, creditMinor] = parsed.data;
  return {
    lines: lines.map(([category, isGiftCard, totalMinor]) => ({ category, isGiftCard, totalMinor })),
    vouchers: vouchers.map(([code, amountMinor]) => ({ code, amountMinor })),
    creditMinor,
  };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
