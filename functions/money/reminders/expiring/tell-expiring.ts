import { statement } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import type { Mail } from '../../../ground/outbox/queue-mail.ts';
import { once, type Recipient, type Told, tellEach } from '../../../ground/outbox/tell-each.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { listPlaces } from '../../accounts/places.ts';
import { getBusiness } from '../../business/business.ts';
import { findLookedUntil, listExpiringCredit, listExpiringVouchers, listReaders } from './queries.ts';

/** How many days before the end people are told; what has come nearer than `until` is for the next stage. */
const STAGES = [
  { days: 30, until: 7 },
  { days: 7, until: 0 },
] as const;
/** What is younger than this was told of just now, when it came. */
const YOUNG_MS = 14 * DAY_MS;
/** The first run looks back so far; what was nearer to its end by then is told at the next stage. */
const FIRST_LOOK_MS = DAY_MS;

type Letter = Mail extends infer One ? (One extends Mail ? Pick<One, 'template' | 'params'> : never) : never;

/** Credit or a voucher that comes to its end. */
interface Ending {
  rootId: string;
  /** `credit`, or the code of a voucher. */
  what: string;
  expiresAt: number;
  days: number;
  datedAt: number;
  letter: Letter;
}

/**
 * Tells whoever may spend it that credit or a voucher ends in 30 and in 7 days, once each. A run looks at what has come
 * within that time since the run before. Returns how many mails were written.
 */
export async function tellExpiring(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const [kept] = await findLookedUntil(db);
  const since = kept?.until ? Number(kept.until) : now - FIRST_LOOK_MS;
  const { currency } = await getBusiness({ ...ctx, db });
  const endings = (
    await Promise.all(
      STAGES.map((stage) => listEndings(db, { ...stage, since, now, currency: currency ?? '' })),
    )
  ).flat();
  const { mails, isWhole } = await tellAll(ctx, endings);
  if (isWhole)
    await ctx.db.write([
      statement("UPDATE job_runs SET goes_on_after = ? WHERE name = 'expiring'", String(now)),
    ]);
  return mails;
}

async function listEndings(
  db: Store,
  span: { since: number; now: number; days: number; until: number; currency: string },
): Promise<Ending[]> {
  const { since, now, days, currency } = span;
  const after = Math.max(since + days * DAY_MS, now + span.until * DAY_MS);
  const within = { after, until: now + days * DAY_MS };
  const [credit, vouchers] = await Promise.all([
    listExpiringCredit(db, within),
    listExpiringVouchers(db, within),
  ]);
  const endings: Ending[] = [
    ...credit.map(({ rootId, expiresAt, datedAt, amountMinor }) => {
      const params = { amount: { minor: amountMinor, currency }, expiresAt, days };
      const letter = { template: 'credit_expiring' as const, params };
      return { rootId, what: 'credit', expiresAt, days, datedAt, letter };
    }),
    ...vouchers.map(({ code, rootId, expiresAt, datedAt, ...voucher }) => {
      const amount = (minor: bigint) => ({ minor, currency: voucher.currency });
      const minimum = voucher.minimumMinor > 0n ? amount(voucher.minimumMinor) : null;
      const params = { code, rootId, amount: amount(voucher.amountMinor), minimum, expiresAt, days };
      return {
        rootId,
        what: code,
        expiresAt,
        days,
        datedAt,
        letter: { template: 'voucher_expiring' as const, params },
      };
    }),
  ];
  return endings.filter(({ datedAt }) => span.until === 0 || datedAt <= now - YOUNG_MS);
}

function tellAll(ctx: Context, endings: readonly Ending[]): Promise<Told> {
  const all = endings.map((ending) => {
    const { rootId, what, expiresAt, days } = ending;
    return { ...ending, reader: rootId, subject: `expiry ${what} ${expiresAt} ${days}` };
  });
  return tellEach(ctx, {
    list: once<Ending & Recipient>(all),
    lettersTo: async (step) => {
      const spenders = await listSpenders(ctx.db.fresh, step);
      return step.map(({ rootId, letter }) =>
        (spenders.get(rootId) ?? []).map((customerId) => ({ ...letter, customerId })),
      );
    },
  });
}

/** By account, who may spend its balance. */
async function listSpenders(db: Store, endings: readonly Ending[]): Promise<Map<string, string[]>> {
  const ids = JSON.stringify([...new Set(endings.map(({ rootId }) => rootId))]);
  const spenders = new Map<string, string[]>();
  for (const { rootId, customerId } of await listReaders(db, { ids })) {
    const places = await listPlaces(db, customerId);
    if (!places.some((place) => place.rootId === rootId && place.mayRedeem)) continue;
    spenders.set(rootId, [...(spenders.get(rootId) ?? []), customerId]);
  }
  return spenders;
}
