import { sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import type { SheetRow, Table } from '../../../ground/formats/table.ts';
import { allow, allowProven } from '../../../ground/platform/allow.ts';
import { instantText } from '../../../ground/platform/answer.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { managerColumns } from '../../../reach/imports/managers/columns.ts';

const ROWS_PER_STEP = 500;

/**
 * In whose hands each account and department is, as a table that can be imported again: `by` is `hand` or `rule`.
 * @throws {AppError} `forbidden`, `proof_needed`
 */
export async function exportManagers(ctx: Context): Promise<Table> {
  allow(ctx.actor, 'customers:write');
  allowProven(ctx);
  return { columns: managerColumns, pages: pagesOf(ctx) };
}

async function* pagesOf(ctx: Context): AsyncGenerator<SheetRow[]> {
  for (let after = ''; ; ) {
    const rows = await listAfter(ctx, after);
    yield rows.map((row) => [
      ...[row.accountId, row.name, row.email, row.manager, row.segmentId === null ? 'hand' : 'rule', row.why],
      instantText(row.since),
    ]);
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_PER_STEP) return;
    after = last.accountId;
  }
}

function listAfter({ db }: Context, after: string) {
  return ask(db, (query) =>
    query
      .select({
        accountId: sql<string>`m.account_id`,
        name: sql<string | null>`coalesce(nullif(a.name, ''), c.name)`,
        email: sql<string | null>`c.email`,
        manager: sql<string>`s.email`,
        segmentId: sql<string | null>`m.segment_id`,
        why: sql<string | null>`m.why`,
        since: sql<number>`m.at`.mapWith(Number),
      })
      .from(
        sql`account_managers AS m CROSS JOIN accounts AS a ON a.id = m.account_id AND a.withdrawn_at IS NULL
          CROSS JOIN staff AS s ON s.id = m.staff_id LEFT JOIN customers AS c ON c.id = a.owner_id`,
      )
      .where(sql`m.ended_at IS NULL AND m.account_id > ${after}`)
      .orderBy(sql`m.account_id`)
      .limit(ROWS_PER_STEP),
  );
}
