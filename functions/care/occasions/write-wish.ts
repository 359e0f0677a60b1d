import { insertInto } from '../../../db/query.ts';
import { occasionWishes } from '../../../db/schema/index.ts';
import { type Decision, type OtherHistory, unchanged } from '../../ground/decision/decision.ts';
import type { Mail } from '../../ground/outbox/queue-mail.ts';
import { addMonths, dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { yearOf } from '../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { type GivenGift, giveGift } from '../../money/redemptions/give-gift.ts';
import type { Home } from './find-homes.ts';
import type { Occasion } from './list-occasions.ts';
import { yearsTo } from './occasion-day.ts';
import { findUntold } from './queries.ts';
import type { OccasionSetting } from './settings.ts';

const insertWish = insertInto(occasionWishes);

/** An occasion, and what becomes of it. */
export interface PlannedWish extends Occasion {
  outcome: 'told' | 'late';
  isLate: boolean;
  isGiving: boolean;
  /** Others of its day, which are passed over for it. */
  besides: readonly Occasion[];
}

interface Writing {
  wish: PlannedWish;
  home: Home;
  setting: OccasionSetting;
  timeZone: string;
}

interface Decided {
  given: GivenGift | null;
  besides: readonly Occasion[];
}

/**
 * Writes what becomes of an occasion and of those beside it: the rows, the words and the gift, all or nothing. Whether anything was
 * told or given.
 */
export async function writeWish(ctx: Context, writing: Writing): Promise<boolean> {
  const { wish, home, setting } = writing;
  const id = newId();
  if (!wish.isGiving) return writeWords(ctx, id, writing);
  const expiresAt = endOf(ctx, writing);
  const { minimumMinor, giftMinor } = setting;
  const voucher = setting.giftForm === 'voucher' ? { expiresAt, minimumMinor } : null;
  const cause = { kind: 'occasion', id } as const;
  const { rootId } = home;
  return giveGift(ctx, { rootId, cause, amount: giftMinor, voucher }, async (given) => {
    if (given.currency !== setting.currency || !(await isDue(ctx, wish))) return null;
    return decisionOf(ctx, id, { ...writing, given, besides: await listUntold(ctx, wish.besides) });
  });
}

async function writeWords(ctx: Context, id: string, writing: Writing): Promise<boolean> {
  const { wish, home } = writing;
  return writeHistory(ctx, home.rootId, async (seen) => {
    if (!(await isDue(seen, wish))) return { ...unchanged, result: false };
    const { kind, year } = keyOf(wish);
    const besides = await listUntold(seen, wish.besides);
    return {
      history: { kind: 'occasion_told', detail: { kind, year } },
      ...decisionOf(ctx, id, { ...writing, given: null, besides }),
      result: true,
    };
  });
}

function decisionOf(
  ctx: Context,
  id: string,
  { wish, home, setting, given, timeZone, besides }: Writing & Decided,
): Decision {
  const giftForm = given === null ? 'none' : given.voucher === null ? 'credit' : 'voucher';
  const giftMinor = given === null ? 0n : setting.giftMinor;
  const done = { rootId: home.rootId, at: ctx.now(), actor: actorName(ctx.actor) };
  const row = {
    ...{ id, ...keyOf(wish), day: wish.day, outcome: wish.outcome, ...done },
    ...({ giftForm, giftMinor, currency: given?.currency ?? null } as const),
  };
  const nothing = { giftForm: 'none', giftMinor: 0n, currency: null } as const;
  const passed = besides.map((one) =>
    insertWish({ id: newId(), ...keyOf(one), day: one.day, outcome: 'beside', ...nothing, ...done }),
  );
  const words = { wish, home, setting, given, timeZone };
  return {
    rows: [insertWish(row), ...passed],
    histories: besides.map((one): OtherHistory => {
      const { kind, year } = keyOf(one);
      return { rootId: home.rootId, kind: 'occasion_passed', detail: { kind, year } };
    }),
    letters: wish.outcome === 'told' ? [letterOf(ctx, words)] : [],
  };
}

function letterOf(ctx: Context, writing: Writing & { given: GivenGift | null }): Mail {
  const { wish, home, setting, given } = writing;
  const sum = (minor: bigint) => (given === null ? null : { minor, currency: given.currency });
  const voucher = given?.voucher ?? null;
  const params = {
    ...{ occasion: wish.kind, name: wish.name, years: yearsTo(wish.day, wish.firstYear) },
    ...{
      isLate: wish.isLate,
      gift: sum(voucher?.amountMinor ?? setting.giftMinor),
      code: voucher?.code ?? '',
      rootId: home.rootId,
    },
    minimum: voucher !== null && setting.minimumMinor > 0n ? sum(setting.minimumMinor) : null,
    expiresAt: voucher === null ? null : endOf(ctx, writing),
  };
  return { template: 'occasion_wish', customerId: wish.customerId, params };
}

const keyOf = ({ customerId, kind, dayId, day }: Occasion) => ({
  customerId,
  kind,
  dayId,
  year: yearOf(day),
});

const untoldOf = (ctx: Context, wish: Occasion) =>
  findUntold(ctx.db.fresh, { ...keyOf(wish), day: wish.day });

async function isDue(ctx: Context, wish: PlannedWish): Promise<boolean> {
  const untold = await untoldOf(ctx, wish);
  return untold !== null && !(wish.isGiving && untold.hadGift);
}

async function listUntold(ctx: Context, occasions: readonly Occasion[]): Promise<Occasion[]> {
  const untold = await Promise.all(occasions.map((one) => untoldOf(ctx, one)));
  return occasions.filter((_one, index) => untold[index] !== null);
}

/** The end of the month in which a voucher has lasted long enough, as of those that rules pay. */
function endOf(ctx: Context, { setting, timeZone }: Writing): number {
  const month = `${dayOf(ctx.now(), timeZone).slice(0, 7)}-01`;
  return startOfDay(addMonths(month, (setting.voucherMonths ?? 0) + 1), timeZone);
}
