import { insertInto } from '../../../db/query.ts';
import { occasionWishes } from '../../../db/schema/index.ts';
import { type Decision, unchanged } from '../../ground/decision/decision.ts';
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
  outcome: 'told' | 'late' | 'beside';
  isLate: boolean;
}

interface Writing {
  wish: PlannedWish;
  home: Home;
  setting: OccasionSetting;
  timeZone: string;
}

/** Writes what becomes of an occasion: its row, the words and the gift, all or nothing. Whether anything was told or given. */
export async function writeWish(ctx: Context, writing: Writing): Promise<boolean> {
  const { wish, home, setting } = writing;
  const id = newId();
  const isGiving = wish.outcome !== 'beside' && setting.giftForm !== 'none' && home.takesGifts;
  if (!isGiving && wish.outcome === 'late') return false;
  if (!isGiving) return writeWords(ctx, id, writing);
  const expiresAt = endOf(ctx, writing);
  const { minimumMinor, giftMinor } = setting;
  const voucher = setting.giftForm === 'voucher' ? { expiresAt, minimumMinor } : null;
  const cause = { kind: 'occasion', id } as const;
  const { rootId } = home;
  return giveGift(ctx, { rootId, cause, amount: giftMinor, voucher }, async (given) => {
    if (!(await isUntold(ctx, wish))) return null;
    return decisionOf(ctx, id, { ...writing, given });
  });
}

async function writeWords(ctx: Context, id: string, writing: Writing): Promise<boolean> {
  const { wish, home } = writing;
  return writeHistory(ctx, home.rootId, async (seen) => {
    if (!(await isUntold(seen, wish))) return { ...unchanged, result: false };
    const { kind, year } = keyOf(wish);
    return {
      history: {
        kind: wish.outcome === 'told' ? 'occasion_told' : 'occasion_passed',
        detail: { kind, year },
      },
      ...decisionOf(ctx, id, { ...writing, given: null }),
      result: wish.outcome === 'told',
    };
  });
}

function decisionOf(
  ctx: Context,
  id: string,
  { wish, home, setting, given, timeZone }: Writing & { given: GivenGift | null },
): Decision {
  const giftForm = given === null ? 'none' : given.voucher === null ? 'credit' : 'voucher';
  const giftMinor = given === null ? 0n : setting.giftMinor;
  const row = {
    ...{ id, ...keyOf(wish), day: wish.day, outcome: wish.outcome, rootId: home.rootId },
    ...({ giftForm, giftMinor, currency: given?.currency ?? null } as const),
    ...{ at: ctx.now(), actor: actorName(ctx.actor) },
  };
  const words = { wish, home, setting, given, timeZone };
  return { rows: [insertWish(row)], letters: wish.outcome === 'told' ? [letterOf(ctx, words)] : [] };
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

async function isUntold(ctx: Context, wish: Occasion): Promise<boolean> {
  return (await findUntold(ctx.db.fresh, { ...keyOf(wish), day: wish.day })) !== null;
}

/** The end of the month in which a voucher has lasted long enough, as of those that rules pay. */
function endOf(ctx: Context, { setting, timeZone }: Writing): number {
  const month = `${dayOf(ctx.now(), timeZone).slice(0, 7)}-01`;
  return startOfDay(addMonths(month, (setting.voucherMonths ?? 0) + 1), timeZone);
}
