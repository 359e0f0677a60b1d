import { statement } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import type { Mail } from '../../../ground/outbox/queue-mail.ts';
import { once, type Recipient, type Told, tellEach } from '../../../ground/outbox/tell-each.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { type Business, getBusiness } from '../../business/business.ts';
import { policyOf } from '../../business/policies.ts';
import { endingFirstDays, endingLastDays, endingMoment } from '../moments.ts';
import { listSpenders } from './list-spenders.ts';
import { findLookedUntil, listExpiringCredit, listExpiringVouchers } from './queries.ts';

/**
 * When before the end people are told; what has come nearer than `until` is for the next stage. A stage keeps its name however
 * many days it is set to, so that nobody is told twice of one.
 */
const stagesOf = (business: Business) => {
  const [first, last] = [policyOf(business, endingFirstDays), policyOf(business, endingLastDays)];
  return [
    { stage: '30', days: first, until: last },
    { stage: '7', days: last, until: 0 },
  ];
};
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
  stage: string;
  datedAt: number;
  letter: Letter;
}

/**
 * Tells whoever may spend it that credit or a voucher ends soon, twice, as many days before as the business chose. A run looks at
 * what has come within that time since the run before; while it is switched off, that is passed over. Returns how many mails were
 * written.
 */
export async function tellExpiring(ctx: Context): Promise<number> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const [kept] = await findLookedUntil(db);
  const since = kept?.until ? Number(kept.until) : now - FIRST_LOOK_MS;
  const business = await getBusiness({ ...ctx, db });
  const currency = business.currency ?? '';
  const stages = policyOf(business, endingMoment.isOn) === 'off' ? [] : stagesOf(business);
  const endings = (
    await Promise.all(stages.map((stage) => listEndings(db, { ...stage, since, now, currency })))
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
  span: { since: number; now: number; stage: string; days: number; until: number; currency: string },
): Promise<Ending[]> {
  const { since, now, stage, days, currency } = span;
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
      return { rootId, what: 'credit', expiresAt, stage, datedAt, letter };
    }),
    ...vouchers.map(({ code, rootId, expiresAt, datedAt, ...voucher }) => {
      const amount = (minor: bigint) => ({ minor, currency: voucher.currency });
      const minimum = voucher.minimumMinor > 0n ? amount(voucher.minimumMinor) : null;
      const params = { code, rootId, amount: amount(voucher.amountMinor), minimum, expiresAt, days };
      return {
        rootId,
        what: code,
        expiresAt,
        stage,
        datedAt,
        letter: { template: 'voucher_expiring' as const, params },
      };
    }),
  ];
  return endings.filter(({ datedAt }) => span.until === 0 || datedAt <= now - YOUNG_MS);
}

function tellAll(ctx: Context, endings: readonly Ending[]): Promise<Told> {
  const all = endings.map((ending) => {
    const { rootId, what, expiresAt, stage } = ending;
    return { ...ending, reader: rootId, subject: `expiry ${what} ${expiresAt} ${stage}` };
  });
  return tellEach(ctx, {
    list: once<Ending & Recipient>(all),
    lettersTo: async (step) => {
      const spenders = await listSpenders(
        ctx.db.fresh,
        step.map(({ rootId }) => rootId),
      );
      return step.map(({ rootId, letter }) =>
        (spenders.get(rootId) ?? []).map((customerId) => ({ ...letter, customerId })),
      );
    },
  });
}
