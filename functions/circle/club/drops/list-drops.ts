import { allow } from '../../../ground/platform/allow.ts';
import { instantText } from '../../../ground/platform/answer.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { readTexts } from '../texts.ts';
import type { DropAnswer } from './answer.ts';
import { listNewestDrops, listWindows } from './queries.ts';
import { titlesOf } from './statements.ts';

/** The newest drops, those that close last first, at most 50. */
export async function listDrops(ctx: Context): Promise<{ items: DropAnswer[]; nextCursor: null }> {
  allow(ctx.actor, 'customers:read');
  const rows = await listNewestDrops(ctx.db);
  const windows = await listWindows(ctx.db, { ids: JSON.stringify(rows.map(({ id }) => id)) });
  const items = rows.map((row): DropAnswer => {
    const own = windows.filter(({ dropId }) => dropId === row.id);
    return {
      id: row.id,
      titles: titlesOf(readTexts(row.texts)),
      sku: row.sku,
      stock: row.stock,
      left: Math.max(0, row.stock - row.taken),
      waiting: row.waiting,
      windows: own.map(({ level, opensAt }) => ({
        level: level === '' ? null : level,
        opensAt: instantText(opensAt),
      })),
      closesAt: instantText(row.closesAt),
      closedAt: row.closedAt === null ? null : instantText(row.closedAt),
    };
  });
  return { items, nextCursor: null };
}
