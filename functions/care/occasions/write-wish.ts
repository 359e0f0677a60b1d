import { insertInto } from '../../../db/query.ts';
import { occasionWishes } from '../../../db/schema/index.ts';
import { type Decision, type OtherHistory, unchanged } from '../../ground/decision/decision.ts';
import type { Mail } from '../../ground/outbox/queue-mail.ts';
import { addMonths, dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { yearOf } from '../../ground/platform/calendar.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { type Gift, type GivenGift, giveGifts } from '../../money/redemptions/give-gift.ts';
import type { Home } from './find-homes.ts';
import type { ToldOccasion } from './letters/kinds.ts';
import type { Occasion } from './list-occasions.ts';
import { type OccasionKind, yearsTo } from './occasion-day.ts';
import { findUntold } from './queries.ts';
import type { OccasionSetting } from './settings.ts';

const insertWish = insertInto(occasionWishes);

/** An occasion, and whether anything is given for it. */
export interface PlannedOccasion extends Occasion {
  isGiving: boolean;
}

/** An occasion, and what becomes of it. */
export interface PlannedWish extends PlannedOccasion {
  outcome: 'told' | 'late';
  isLate: boolean;
  /** Others of its day, which the same mail tells. */
  besides: readonly PlannedOccasion[];
}

interface Writing {
  wish: PlannedWish;
  home: Home;
  settings: ReadonlyMap<OccasionKind, OccasionSetting>;
  timeZone: string;
}

/** An occasion of a wish with the row that is written, and what was given for it; null for words alone. */
interface Part {
  id: string;
  occasion: PlannedOccasion;
  given: GivenGift | null;
}

/**
 * Writes what becomes of an occasion and of those beside it: the rows, the words and the gifts, all or nothing. Whether anything was
 * told or given.
 */
export async function writeWish(ctx: Context, writing: Writing): Promise<boolean> {
  const { wish, home } = writing;
  const all = [wish, ...wish.besides].map((occasion) => ({ id: newId(), occasion }));
  const giving = all.filter(({ occasion }) => occasion.isGiving);
  if (giving.length === 0) return writeWords(ctx, all, writing);
  const gifts = giving.map(({ id, occasion }) => giftOf(ctx, id, occasion, writing));
  return giveGifts(ctx, { rootId: home.rootId, gifts }, async (given) => {
    const isMeant = giving.every(
      ({ occasion }, at) => given[at]?.currency === settingOf(writing, occasion).currency,
    );
    if (!isMeant || !(await areDue(ctx, giving))) return null;
    const due = await listDue(ctx, all);
    return decisionOf(ctx, writing, (part) => given[giving.indexOf(part)] ?? null, due);
  });
}

async function writeWords(ctx: Context, all: readonly Unwritten[], writing: Writing): Promise<boolean> {
  const { wish, home } = writing;
  return writeHistory(ctx, home.rootId, async (seen) => {
    const due = await listDue(seen, all);
    if (!due.some(({ occasion }) => occasion === wish)) return { ...unchanged, result: false };
    const { kind, year } = keyOf(wish);
    return {
      history: { kind: 'occasion_told', detail: { kind, year } },
      ...decisionOf(ctx, writing, () => null, due),
      result: true,
    };
  });
}

type Unwritten = Omit<Part, 'given'>;

const settingOf = ({ settings }: Pick<Writing, 'settings'>, { kind }: Occasion): OccasionSetting => {
  const setting = settings.get(kind);
  assert(setting !== undefined, 'what is told is switched on');
  return setting;
};

function giftOf(ctx: Context, id: string, occasion: PlannedOccasion, writing: Writing): Gift {
  const setting = settingOf(writing, occasion);
  const { minimumMinor, giftMinor: amount } = setting;
  const expiresAt = endOf(ctx, setting, writing);
  const voucher = setting.giftForm === 'voucher' ? { expiresAt, minimumMinor } : null;
  return { cause: { kind: 'occasion', id }, amount, voucher };
}

function decisionOf(
  ctx: Context,
  writing: Writing,
  givenFor: (part: Unwritten) => GivenGift | null,
  due: readonly Unwritten[],
): Decision {
  const { wish, home } = writing;
  const parts = due.map((part): Part => ({ ...part, given: givenFor(part) }));
  const besides = parts.filter(({ occasion }) => occasion !== wish);
  return {
    rows: parts.map((part) => insertWish(rowOf(ctx, part, writing))),
    histories: besides.map(({ occasion }): OtherHistory => {
      const { kind, year } = keyOf(occasion);
      return { rootId: home.rootId, kind: 'occasion_passed', detail: { kind, year } };
    }),
    letters: wish.outcome === 'told' ? [letterOf(ctx, parts, writing)] : [],
  };
}

function rowOf(ctx: Context, { id, occasion, given }: Part, writing: Writing) {
  const { wish, home } = writing;
  const form = given?.voucher === null ? 'credit' : 'voucher';
  return {
    ...{ id, ...keyOf(occasion), day: occasion.day },
    ...({ outcome: occasion === wish ? wish.outcome : 'beside', rootId: home.rootId } as const),
    ...({ giftForm: given === null ? 'none' : form, currency: given?.currency ?? null } as const),
    giftMinor: given === null ? 0n : settingOf(writing, occasion).giftMinor,
    ...{ at: ctx.now(), actor: actorName(ctx.actor) },
  };
}

function letterOf(ctx: Context, parts: readonly Part[], writing: Writing): Mail {
  const { wish, home } = writing;
  const told = (part: Part) => toldOf(ctx, part, writing);
  const [first] = parts.filter(({ occasion }) => occasion === wish).map(told);
  assert(first !== undefined, 'a wish is told');
  const besides = parts.filter(({ occasion }) => occasion !== wish).map(told);
  const params = { ...first, besides, isLate: wish.isLate, rootId: home.rootId };
  return { template: 'occasion_wish', customerId: wish.customerId, params };
}

/** What its mail says of an occasion. */
function toldOf(ctx: Context, { occasion, given }: Part, writing: Writing): ToldOccasion {
  const setting = settingOf(writing, occasion);
  const sum = (minor: bigint) => (given === null ? null : { minor, currency: given.currency });
  const voucher = given?.voucher ?? null;
  return {
    ...{ occasion: occasion.kind, name: occasion.name },
    years: yearsTo(occasion.day, occasion.firstYear),
    ...{ gift: sum(voucher?.amountMinor ?? setting.giftMinor), code: voucher?.code ?? '' },
    minimum: voucher !== null && setting.minimumMinor > 0n ? sum(setting.minimumMinor) : null,
    expiresAt: voucher === null ? null : endOf(ctx, setting, writing),
  };
}

const keyOf = ({ customerId, kind, dayId, day }: Occasion) => ({
  customerId,
  kind,
  dayId,
  year: yearOf(day),
});

const findDue = (ctx: Context, { occasion }: Unwritten) =>
  findUntold(ctx.db.fresh, { ...keyOf(occasion), day: occasion.day });

/** Whether all that are given anything for are untold, and had nothing for their kind. */
async function areDue(ctx: Context, giving: readonly Unwritten[]): Promise<boolean> {
  const untold = await Promise.all(giving.map((part) => findDue(ctx, part)));
  return untold.every((found) => found !== null && !found.hadGift);
}

/** Those that were not told meanwhile. */
async function listDue(ctx: Context, all: readonly Unwritten[]): Promise<Unwritten[]> {
  const untold = await Promise.all(all.map((part) => findDue(ctx, part)));
  return all.filter((_part, index) => untold[index] !== null);
}

/** The end of the month in which a voucher has lasted long enough, as of those that rules pay. */
function endOf(ctx: Context, { voucherMonths }: OccasionSetting, { timeZone }: Writing): number {
  const month = `${dayOf(ctx.now(), timeZone).slice(0, 7)}-01`;
  return startOfDay(addMonths(month, (voucherMonths ?? 0) + 1), timeZone);
}
