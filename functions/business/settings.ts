import { statement } from '../../db/query.ts';
import { isConflictOn, type Statement } from '../../db/store.ts';
import { recordAct } from '../audit/record-act.ts';
import { allowRole } from '../platform/allow.ts';
import { isTimeZone, startOfDay } from '../platform/business-time.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { currencyExponent } from '../platform/money.ts';
import { type Business, getBusiness } from './business.ts';
import { findAnyCounted, findAnyMoney, listBareDays } from './queries.ts';

export const settingKeys = ['currency', 'timeZone'] as const;
export type SettingKey = (typeof settingKeys)[number];

/** The settings of the business; null where nothing is set yet. */
export async function showSettings(ctx: Context): Promise<Record<SettingKey, string | null>> {
  const business = await getBusiness(ctx);
  return { currency: business.currency, timeZone: business.isTimeZoneSet ? business.timeZone : null };
}

/**
 * Sets currency or time zone. Both are fixed by the first counted order (DOMAIN §1, business time).
 * @throws {AppError} `validation_failed`, `setting_is_fixed`
 */
export async function setSetting(ctx: Context, key: SettingKey, value: string): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const business = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const statements = await settingStatements(ctx, business, { [key]: value });
  if (statements.length === 0) return;
  if (business.programme !== null) {
    throw new AppError(
      'setting_is_fixed',
      'The programme in force names currency and time zone; change them there.',
    );
  }
  try {
    await ctx.db.write(statements);
  } catch (error) {
    if (isConflictOn(error, 'setting_is_fixed')) throw fixed();
    throw error;
  }
}

/**
 * The statements that move the business to other settings; none when they are so already. A new time zone moves
 * every calendar day that was recorded without a clock time.
 * @throws {AppError} `validation_failed`, `setting_is_fixed`
 */
export async function settingStatements(
  ctx: Context,
  business: Business,
  wanted: Partial<Record<SettingKey, string>>,
): Promise<Statement[]> {
  const { currency, timeZone } = wanted;
  if (currency !== undefined && currencyExponent(currency) === null)
    refuse('currency', 'is not a currency of ISO 4217');
  if (timeZone !== undefined && !isTimeZone(timeZone))
    refuse('timeZone', 'is not a time zone such as Europe/Kyiv');
  const isNewCurrency = currency !== undefined && currency !== business.currency;
  const isNewZone = timeZone !== undefined && (timeZone !== business.timeZone || !business.isTimeZoneSet);
  if (isNewCurrency && business.currency !== null) await assertNoMoney(ctx);
  if (isNewCurrency || (isNewZone && timeZone !== business.timeZone)) await assertNothingCounted(ctx);
  return [
    ...(isNewCurrency ? keep(ctx, 'currency', currency) : []),
    ...(isNewZone ? keep(ctx, 'timeZone', timeZone) : []),
    ...(isNewZone && timeZone !== business.timeZone ? await bareDaysIn(ctx, timeZone) : []),
  ];
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

function keep(ctx: Context, key: SettingKey, value: string): Statement[] {
  const sql = `INSERT INTO settings (key, value, set_at, set_by) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET value = excluded.value, set_at = excluded.set_at, set_by = excluded.set_by`;
  return [
    statement(sql, key, value, ctx.now(), actorName(ctx.actor)),
    recordAct(ctx, { act: 'setting.set', subjectKind: 'setting', subjectId: key, detail: { value } }),
  ];
}

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

function refuse(path: string, message: string): never {
  throw new AppError('validation_failed', `${path} ${message}.`, {
    errors: [{ path, code: 'unknown', message }],
  });
}
