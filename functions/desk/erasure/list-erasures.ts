import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { columns, readRow } from './erasure-list.ts';
import type { ListedErasure } from './schema.ts';

const ROWS_A_PAGE = 100;

/**
 * Who was erased, by ids that name nobody, the oldest first: for programs that have to forget them, too. Customers who had become
 * one are a row each.
 * @throws {AppError} `validation_failed` for a wrong cursor, `forbidden`, `scope_missing`
 */
export async function listErasures(
  ctx: Context,
  { cursor = null }: { cursor?: string | null },
): Promise<{ items: ListedErasure[]; nextCursor: string | null }> {
  allow(ctx.actor, 'privacy:read');
  const after = cursor === null ? 0 : decodeCursor(z.tuple([z.int()]), cursor)[0];
  const rows = await ctx.db.read(
    statement(
      `SELECT ${columns}, finished_at FROM erasures WHERE seq > ? ORDER BY seq LIMIT ?`,
      after,
      ROWS_A_PAGE + 1,
    ),
  );
  const page = rows.slice(0, ROWS_A_PAGE);
  const last = page.at(-1);
  return {
    items: page.map((row) => {
      const { customerId, words, askedBy, at } = readRow(row);
      const finishedAt = row[5] === null ? null : instantText(Number(row[5]));
      return { customerId, words, askedBy, at: instantText(at), finishedAt };
    }),
    nextCursor: rows.length > ROWS_A_PAGE && last !== undefined ? encodeCursor([readRow(last).seq]) : null,
  };
}
