import { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { occasionSettings } from '../../../db/schema/index.ts';
import { changesOf } from '../../ground/audit/changes.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowProven, allowRole } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import type { FieldError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { currencyExponent, parseDecimal } from '../../ground/platform/money.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { occasionKinds } from './occasion-day.ts';
import { audiences, giftForms, loadSettings, type OccasionSetting } from './settings.ts';

const insertSetting = insertInto(occasionSettings);

const MONTHS_MAX = 36;

const input = z.strictObject({
  kind: z.enum(occasionKinds),
  isOn: z.boolean(),
  audience: z.enum(audiences),
  giftForm: z.enum(giftForms),
  /** Decimal text of the business currency, with a point or a comma; empty for none. */
  amount: z.string().trim().max(40),
  minimum: z.string().trim().max(40),
  /** How many months a voucher lasts. */
  months: z.int().min(1).max(MONTHS_MAX).nullable(),
});
export type OccasionInput = z.input<typeof input>;

/**
 * Says whether customers are wished well on a kind of day, who, and what they get with it; from today on. For days before it was
 * switched on, meant more people or began to give anything, nobody is owed what was not told yet.
 * @throws {AppError} `validation_failed` for `amount`, `minimum` and `months`, `forbidden`, `proof_needed` where money is given
 */
export async function setOccasion(ctx: Context, typed: OccasionInput): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const own = { ...ctx, db: ctx.db.fresh };
  const business = await getBusiness(own);
  const next = readOccasion(typed, business);
  if (next.isOn && next.giftForm !== 'none') allowProven(ctx);
  const kept = (await loadSettings(own.db)).find(({ kind }) => kind === next.kind);
  const today = dayOf(ctx.now(), business.timeZone);
  const sinceDay = kept === undefined || begins(kept, next) ? today : kept.sinceDay;
  if (kept !== undefined && isSame(kept, next)) return;
  await writeDecision(ctx, {
    rows: [insertSetting({ ...next, sinceDay, id: newId(), at: ctx.now(), actor: actorName(ctx.actor) })],
    audit: {
      kind: 'occasion.set',
      subjectKind: 'occasion',
      subjectId: next.kind,
      detail: changesOf(kept === undefined ? null : told(kept), told(next)),
    },
  });
}

/** For the log; sums in minor units of the business currency. */
const told = (setting: Omit<OccasionSetting, 'sinceDay'>) => ({
  ...{ isOn: setting.isOn, audience: setting.audience, gift: setting.giftForm },
  ...{ amount: setting.giftMinor, minimum: setting.minimumMinor, months: setting.voucherMonths },
});

/** What a form says, with its sums in minor units. @throws {AppError} `validation_failed` */
export function readOccasion(
  typed: OccasionInput,
  { currency }: Pick<Business, 'currency'>,
): Omit<OccasionSetting, 'sinceDay'> {
  const { amount, minimum, months, ...rest } = parseInput(input, typed);
  if (rest.giftForm === 'none')
    return { ...rest, giftMinor: 0n, currency: null, voucherMonths: null, minimumMinor: 0n };
  const giftMinor = sumOf(amount, currency);
  const minimumMinor = rest.giftForm === 'voucher' ? sumOf(minimum, currency) : 0n;
  refuseFields([
    ...(currency === null ? [wrong('amount', 'currency_not_set', 'needs the currency of the business')] : []),
    ...(giftMinor === null || giftMinor <= 0n
      ? [wrong('amount', 'not_a_number', 'has to be an amount such as 5.00')]
      : []),
    ...(minimumMinor === null ? [wrong('minimum', 'not_a_number', 'has to be an amount such as 5.00')] : []),
    ...(rest.giftForm === 'voucher' && months === null
      ? [wrong('months', 'required', `has to be a number of months, up to ${MONTHS_MAX}`)]
      : []),
  ]);
  return {
    ...rest,
    currency,
    giftMinor: giftMinor ?? 0n,
    minimumMinor: minimumMinor ?? 0n,
    voucherMonths: rest.giftForm === 'voucher' ? months : null,
  };
}

const wrong = (path: string, code: string, message: string): FieldError => ({ path, code, message });

function sumOf(typed: string, currency: string | null): bigint | null {
  if (typed === '') return 0n;
  const parsed = parseDecimal(typed.replace(',', '.'), currencyExponent(currency ?? '') ?? 2);
  return parsed.ok ? parsed.minor : null;
}

/** Whether people are meant, or given anything, who were not before. */
const begins = (kept: OccasionSetting, next: Omit<OccasionSetting, 'sinceDay'>) =>
  !kept.isOn ||
  audiences.indexOf(next.audience) < audiences.indexOf(kept.audience) ||
  (kept.giftForm === 'none' && next.giftForm !== 'none');

const isSame = (kept: OccasionSetting, next: Omit<OccasionSetting, 'sinceDay'>) =>
  (['isOn', 'audience', 'giftForm', 'giftMinor', 'currency', 'voucherMonths', 'minimumMinor'] as const).every(
    (part) => kept[part] === next[part],
  );
