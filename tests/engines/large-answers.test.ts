import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statement } from '../../db/query.ts';
import { openRemote } from '../../db/remote.ts';
import { countAnswers, countReach } from '../../functions/voice/surveys/count-answers.ts';
import { segments } from '../../functions/voice/surveys/results.ts';
import { regulars } from '../support/cli.ts';
import { halfBack, setProgrammeFile } from '../support/programmes.ts';
import { portalSettings } from '../support/server.ts';
import { noSqld, type Sqld, startSqld } from '../support/sqld.ts';

const ORDERS = 1500;
const LINES = 12;

/** More than sqld answers with at once, of one buyer. */
function ordersFile(): string {
  const product = 'A thing whose name is as long as names of things get '.repeat(9).trim();
  const head = 'order_number,placed_at,currency,customer_email,status,product,line_total';
  const rows = Array.from({ length: ORDERS }, (_, order) =>
    Array.from(
      { length: LINES },
      (_, line) =>
        `L-${order},2026-03-01T12:00:00Z,EUR,ann@example.com,delivered,${product} ${line},${line + 1}.00`,
    ),
  );
  return `${[head, ...rows.flat()].join('\n')}\n`;
}

describe.skipIf(noSqld !== null)('more than a database server answers with at once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-large-'));
  let database: Sqld;
  let settings: Record<string, string>;

  beforeAll(async () => {
    database = await startSqld();
    settings = portalSettings(database.url, 'http://127.0.0.1:9');
    const file = join(folder, 'orders.csv');
    writeFileSync(file, ordersFile());
    await regulars(settings, 'migrate');
    await regulars(settings, 'import', 'orders', file);
  });
  afterAll(async () => {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('every command that reads all of an account does', async () => {
    await setProgrammeFile(settings, folder, halfBack);
    const spend = (ORDERS * LINES * (LINES + 1) * 100) / 2;
    expect(JSON.parse(await regulars(settings, 'verify', '--json'))).toMatchObject({ differences: 0 });
    const balances = JSON.parse(await regulars(settings, 'balances', '--json'));
    expect(balances).toMatchObject([{ email: 'ann@example.com', spend }]);
    const rows = (text: string) => text.trimEnd().split('\n').length - 1;
    expect(rows(await regulars(settings, 'export', 'orders'))).toBe(ORDERS * LINES);
    expect(rows(await regulars(settings, 'export', 'ledger'))).toBe(ORDERS);
  });

  test('rows come whole and in their sequence, beside others asked for in the same turn', async () => {
    const store = openRemote({ url: database.url });
    const numbers = (count: number) => ({
      sql: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
        SELECT i, printf('%0400d', i) AS i FROM n ORDER BY 1 DESC`,
      args: [count],
    });
    const [many, few] = await Promise.all([store.read(numbers(40_000)), store.read(numbers(3))]);
    expect(many.map(([i]) => Number(i))).toEqual(
      Array.from({ length: 40_000 }, (_, index) => 40_000 - index),
    );
    expect(few.map(([i]) => i)).toEqual([3n, 2n, 1n]);
    store.close();
  });

  test('answers to a survey are counted as by one query', async () => {
    const db = openRemote({ url: database.url });
    const piece = 'WITH RECURSIVE piece(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM piece WHERE i < 900)';
    await db.write([
      statement(`${piece} INSERT INTO survey_invitations (id, survey_id, version, customer_id, root_id, reason, occasion,
          token_hash, is_regular, is_member, at, actor)
        SELECT 'i' || i, 's', 1, 'c' || i, 'r', 'hand', 'import ' || i, 't' || i, i % 2, i % 7 = 0, i, 'x' FROM piece`),
      statement(`${piece} INSERT INTO survey_answers (invitation_id, question_id, survey_id, value, at)
        SELECT 'i' || i, 'steps', 's', i % 11, i FROM piece`),
    ]);
    const months = [1, 300, 600].map((start) => ({ name: `from ${start}`, start }));
    const questions = [{ id: 'steps', isScale: true }];
    for (const segment of segments) {
      const counts = await countAnswers(db, { surveyId: 's', segment, questions, months });
      const told = counts.map(({ value, month, count }) => `${value} ${month} ${count}`);
      const isIn = { everyone: '1', new: 'i % 2 = 0', regular: 'i % 2 = 1', club: 'i % 7 = 0' }[segment];
      const rows = await db.read(
        statement(`${piece} SELECT i % 11, CASE WHEN i >= 600 THEN 600 WHEN i >= 300 THEN 300 ELSE 1 END, count(*)
          FROM piece WHERE ${isIn} GROUP BY 1, 2`),
      );
      expect(told.toSorted()).toEqual(
        rows.map(([value, from, n]) => `${value} from ${from} ${n}`).toSorted(),
      );
      const [invited] = await db.read(statement(`${piece} SELECT count(*) FROM piece WHERE ${isIn}`));
      expect(await countReach(db, { surveyId: 's', segment })).toEqual({
        invited: Number(invited?.[0]),
        finished: 0,
      });
    }
    db.close();
  });
});
