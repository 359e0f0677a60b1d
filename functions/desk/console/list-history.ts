import { desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { query } from '../../../db/query.ts';
import {
  adjustments,
  apiKeys,
  history,
  ledger,
  redemptions,
  staff,
  vouchers,
} from '../../../db/schema/index.ts';
import { contactChannels } from '../../care/contacts/channels.ts';
import type { Context } from '../../ground/platform/context.ts';
import { exactInteger } from '../../ground/platform/exact-json.ts';
import { getBusiness } from '../../money/business/business.ts';
import { orderStatuses } from '../../money/orders/statuses.ts';
import { entryColumns } from '../../people/customers/entry-columns.ts';
import { reasonOf } from '../../people/customers/explain-entry.ts';
import { type HistoryGroup, kindsIn } from './history-groups.ts';
import { countMails, listMailMoments, withMail } from './mail-moments.ts';
import type { Happening, HistoryDetail, HistoryEntry, HistoryMoment, HistoryPage } from './types.ts';

const ROWS_A_PAGE = 40;

/**
 * A page of a root account's history, newest first, in moments: what was written at one instant stands together with
 * the ledger entries recorded at it.
 */
export async function listHistory(
  ctx: Context,
  asking: { rootId: string; customerId: string; page: number; group?: HistoryGroup | null },
): Promise<HistoryPage> {
  const { db } = ctx;
  const { rootId, customerId, page: asked, group = null } = asking;
  if (group === 'mail') return listMails(ctx, { customerId, page: asked });
  const meant = { rootId, ...filterOf(ctx, group) };
  const span = { ...meant, offset: (asked - 1) * ROWS_A_PAGE, limit: ROWS_A_PAGE };
  const [{ currency }, [counted], found, moved] = await Promise.all([
    getBusiness(ctx),
    countRows(db, meant),
    listRows(db, { ...span, limit: ROWS_A_PAGE + 1 }),
    listEntries(db, span),
  ]);
  const pages = Math.max(1, Math.ceil((counted?.rows ?? 0) / ROWS_A_PAGE));
  if (asked > pages) return listHistory(ctx, { ...asking, page: pages });
  const entries = Map.groupBy(moved, ({ recordedAt }) => recordedAt);
  const continued = found[ROWS_A_PAGE]?.at;
  const moments = [...Map.groupBy(found.slice(0, ROWS_A_PAGE), ({ at }) => at)].map(
    ([at, rows]): HistoryMoment => ({
      at,
      happenings: rows.map((row) => happeningOf(row, currency ?? '')).reverse(),
      // A moment that goes on on the next page shows there what it moved.
      entries: at === continued ? [] : (entries.get(at) ?? []).map(entryOf),
      mails: [],
    }),
  );
  if (group !== null) return { moments, page: asked, pages };
  const until = asked === 1 ? null : (found[0]?.at ?? null);
  const since = asked === pages ? null : (moments.at(-1)?.at ?? null);
  const mails = await listMailMoments(ctx, { customerId, since, until });
  return { moments: withMail(moments, mails), page: asked, pages };
}

/** The mails alone, each at its moment. */
async function listMails(
  ctx: Context,
  { customerId, page: asked }: { customerId: string; page: number },
): Promise<HistoryPage> {
  const pages = Math.max(1, Math.ceil((await countMails(ctx, customerId)) / ROWS_A_PAGE));
  const page = Math.min(asked, pages);
  const at = { offset: (page - 1) * ROWS_A_PAGE, limit: ROWS_A_PAGE };
  const mails = await listMailMoments(ctx, { customerId, since: null, until: null, page: at });
  return { moments: withMail([], mails), page, pages };
}

/** What a group means to the queries below. */
function filterOf(ctx: Context, group: HistoryGroup | null) {
  const isByKind = group !== null && group !== 'staff';
  return {
    kinds: isByKind ? JSON.stringify(kindsIn(group, ctx.house.historyKinds)) : null,
    withEntries: group === 'money' ? 1 : 0,
    byStaff: group === 'staff' ? 1 : 0,
  };
}

/** What moved money is there with whatever moved it. */
const isMeant = sql`history.account_id = ${sql.placeholder('rootId')}
  AND (${sql.placeholder('kinds')} IS NULL OR history.kind IN (SELECT value FROM json_each(${sql.placeholder('kinds')}))
    OR (${sql.placeholder('withEntries')} = 1
      AND history.at IN (SELECT recorded_at FROM ledger WHERE account_id = ${sql.placeholder('rootId')})))
  AND (${sql.placeholder('byStaff')} = 0 OR history.actor LIKE 'staff:%')`;

const countRows = query((db) =>
  db
    .select({ rows: sql<number>`count(*)`.mapWith(Number) })
    .from(history)
    .where(isMeant),
);

const listRows = query((db) =>
  db
    .select({
      seq: history.seq,
      at: history.at,
      kind: history.kind,
      actor: history.actor,
      actorName: sql<string | null>`coalesce(${staff.email}, ${apiKeys.name})`.mapWith(String),
      detail: history.detail,
    })
    .from(history)
    .leftJoin(staff, sql`${history.actor} = 'staff:' || ${staff.id}`)
    .leftJoin(apiKeys, sql`${history.actor} = 'key:' || ${apiKeys.id}`)
    .where(isMeant)
    .orderBy(desc(history.seq))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('offset')),
);
type HistoryRow = Omit<Awaited<ReturnType<typeof listRows>>[number], 'at'>;

const momentsOfPage = sql`(SELECT at FROM history WHERE ${isMeant} ORDER BY seq DESC
  LIMIT ${sql.placeholder('limit')} OFFSET ${sql.placeholder('offset')})`;

/** What was recorded between the oldest and the newest row of a page. */
const listEntries = query((db) =>
  db
    .select({ ...entryColumns, recordedAt: ledger.recordedAt })
    .from(ledger)
    .leftJoin(adjustments, eq(adjustments.id, ledger.cause))
    .leftJoin(redemptions, eq(redemptions.id, ledger.cause))
    .leftJoin(vouchers, eq(vouchers.code, ledger.cause))
    .where(
      sql`${ledger.accountId} = ${sql.placeholder('rootId')}
        AND ${ledger.recordedAt} BETWEEN (SELECT min(at) FROM ${momentsOfPage}) AND (SELECT max(at) FROM ${momentsOfPage})`,
    )
    .orderBy(ledger.seq),
);

function entryOf(row: Awaited<ReturnType<typeof listEntries>>[number]): HistoryEntry {
  const { seq, kind, currency, orderSource, orderNumber, causeText } = row;
  return {
    seq,
    kind,
    because: reasonOf(row),
    amount: { minor: row.amountMinor, currency },
    balanceAfter: { minor: row.balanceAfterMinor, currency },
    order: orderSource === null || orderNumber === null ? null : { source: orderSource, number: orderNumber },
    cause: causeText,
  };
}

/** A row of a history as pages word it. */
export function happeningOf(
  { seq, kind, actor, actorName, detail }: HistoryRow,
  currency: string,
): Happening {
  const [by = '', name = null] = actor.split(/:(.*)/s);
  return {
    seq,
    kind,
    by: { kind: actors.find((known) => known === by) ?? 'system', name: by === 'system' ? name : actorName },
    detail: readDetail(JSON.parse(detail), currency),
  };
}

const actors = ['customer', 'staff', 'key', 'system', 'anonymous'] as const;

/** Every kind of row tells some of these; ids among them are nothing to read. */
const told = z.object({
  source: z.string().optional(),
  number: z.string().optional(),
  status: z.string().optional(),
  amount: exactInteger.optional(),
  orders: z.number().optional(),
  created: z.number().optional(),
  completed: z.number().optional(),
  channel: z.string().optional(),
});

function readDetail(json: unknown, currency: string): HistoryDetail {
  const { source, number, status, amount, orders, created = 0, completed = 0, channel } = told.parse(json);
  return {
    source: source ?? null,
    number: number ?? null,
    status: orderStatuses.find((known) => known === status) ?? null,
    amount: amount === undefined ? null : { minor: amount, currency },
    channel: contactChannels.find((known) => known === channel) ?? null,
    orders: orders ?? created + completed,
  };
}
