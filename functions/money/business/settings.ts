import { statement } from '../../../db/query.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { type Decision, isUnchanged, type Unchanged, unchanged } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowProven, allowRole } from '../../ground/platform/allow.ts';
import { isTimeZone, startOfDay } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError, type FieldError } from '../../ground/platform/errors.ts';
import { currencyExponent } from '../../ground/platform/money.ts';
import { refuseFields } from '../../ground/platform/parse-input.ts';
import { type Business, getBusiness } from './business.ts';
import { keepSetting } from './keep-setting.ts';
import { findAnyCounted, findAnyMoney, listBareDays } from './queries.ts';

export const settingKeys = ['currency', 'timeZone'] as const;
export type SettingKey = (typeof settingKeys)[number];

/** The settings of the business; null where nothing is set yet. */
export async function showSettings(ctx: Context): Promise<Record<SettingKey, string | null>> {
  const business = await getBusiness(ctx);
  return { currency: business.currency, timeZone: business.isTimeZoneSet ? business.timeZone : null };
}

/** As {@link setSettings}, one of them. */
export function setSetting(ctx: Context, key: SettingKey, value: string): Promise<void> {
  return setSettings(ctx, { [key]: value });
}

/**
 * Sets currency, time zone or both. Both are fixed by the first counted order (DOMAIN §1, business time).
 * @throws {AppError} `validation_failed`, `setting_is_fixed`
 */
export async function setSettings(ctx: Context, wanted: Partial<Record<SettingKey, string>>): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const decision = await decideSettings(ctx, business, wanted);
  if (isUnchanged(decision)) return;
  allowProven(ctx);
  if (business.programme !== null) {
    throw new AppError(
      'setting_is_fixed',
      'The programme in force names currency and time zone; change them there.',
    );
  }
  try {
    await writeDecision(ctx, decision);
  } catch (error) {
    if (isConflictOn(error, 'setting_is_fixed')) throw fixed();
    throw error;
  }
}

/**
 * Moves the business to other settings, unless they are so already. A new time zone moves every calendar day that was
 * recorded without a clock time.
 * @throws {AppError} `validation_failed`, `setting_is_fixed`
 */
export async function decideSettings(
  ctx: Context,
  business: Business,
  wanted: Partial<Record<SettingKey, string>>,
): Promise<Decision | Unchanged> {
  const { currency, timeZone } = wanted;
  assertKnown(wanted);
  const isNewCurrency = currency !== undefined && currency !== business.currency;
  const isNewZone = timeZone !== undefined && (timeZone !== business.timeZone || !business.isTimeZoneSet);
  if (!isNewCurrency && !isNewZone) return unchanged;
  if (isNewCurrency && business.currency !== null) await assertNoMoney(ctx);
  if (isNewCurrency || (isNewZone && timeZone !== business.timeZone)) await assertNothingCounted(ctx);
  const zoneBefore = business.isTimeZoneSet ? business.timeZone : null;
  const also = [
    ...(isNewCurrency
      ? [keepSetting(ctx, { key: 'currency', value: currency, before: business.currency })]
      : []),
    ...(isNewZone ? [keepSetting(ctx, { key: 'timeZone', value: timeZone, before: zoneBefore })] : []),
  ];
  const beside = isNewZone && timeZone !== business.timeZone ? await bareDaysIn(ctx, timeZone) : [];
  return { also, beside };
}

async function assertNothingCounted(ctx: Context): Promise<void> {
  const [counted] = await findAnyCounted(ctx.db.fresh);
  if (counted !== undefined) throw fixed();
}

async function assertNoMoney(ctx: Context): Promise<void> {
  const [found] = await findAnyMoney(ctx.db.fresh);
  if (found !== undefined) throw fixed();
}

const fixed = () =>
  new AppError(
    'setting_is_fixed',
    'Currency and time zone are fixed once an order was counted, or credit was given or promised.',
  );

const dayColumns = [
  ['orders', 'placed_at', 'placed_on'],
  ['orders', 'status_at', 'status_on'],
  ['orders', 'delivered_at', 'delivered_on'],
  ['order_events', 'at', 'at_on'],
  ['refunds', 'at', 'at_on'],
] as const;

async function bareDaysIn(ctx: Context, timeZone: string): Promise<Statement[]> {
  const days = await listBareDays(ctx.db.fresh);
  if (days.length === 0) return [];
  const moved = JSON.stringify(days.map(({ day }) => [day, startOfDay(day, timeZone)]));
  return [
    ...dayColumns.map(([table, at, on]) =>
      statement(
        `WITH moved(day, at) AS MATERIALIZED (
           SELECT CAST(value ->> 0 AS TEXT), CAST(value ->> 1 AS INTEGER) FROM json_each(?))
         UPDATE ${table} SET ${at} = moved.at FROM moved WHERE ${on} = moved.day`,
        moved,
      ),
    ),
    statement(
      `UPDATE accounts SET first_placed_at = (SELECT min(placed_at) FROM orders WHERE root_id = accounts.id)
       WHERE id = root_id`,
    ),
  ];
}

function assertKnown({ currency, timeZone }: Partial<Record<SettingKey, string>>): void {
  const errors: FieldError[] = [];
  const add = (path: SettingKey, message: string) => errors.push({ path, code: 'unknown', message });
  if (currency !== undefined && currencyExponent(currency) === null)
    add('currency', 'is not a currency of ISO 4217');
  if (timeZone !== undefined && !isTimeZone(timeZone))
    add('timeZone', 'is not a time zone such as Europe/Kyiv');
  refuseFields(errors);
}
