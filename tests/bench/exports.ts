import { execFile } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { devNull } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { median } from './compare.ts';
import { bringOnward, remove } from './kept.ts';

const script = fileURLToPath(new URL('export-once.ts', import.meta.url));
const ROUNDS = 5;

export interface ComparedExport {
  answers: number;
  ours_s: number;
  ceiling_s: number;
  firstByte_s: number;
  anonymous_mb: number;
}

/** Exports feedback and answers to surveys, as many of each, beside a bare loop over the same queries. */
export async function measureExport(answers: number, folder: string): Promise<ComparedExport> {
  const path = `${folder}/told-${answers}.db`;
  if (!existsSync(path) || !(await bringOnward(path))) await fill(path, answers);
  const results: Record<'ours' | 'bare', z.output<typeof outcome>[]> = { ours: [], bare: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const whose of ['ours', 'bare'] as const) {
      const { stdout } = await run(process.execPath, [
        '--max-semi-space-size=8',
        script,
        whose,
        path,
        devNull,
      ]);
      results[whose].push(outcome.parse(JSON.parse(stdout)));
    }
  }
  return {
    answers,
    ours_s: median(results.ours.map(({ seconds }) => seconds)),
    ceiling_s: median(results.bare.map(({ seconds }) => seconds)),
    firstByte_s: median(results.ours.map(({ firstByte_s }) => firstByte_s)),
    anonymous_mb: Math.max(...results.ours.map(({ anonymous_mb }) => anonymous_mb)),
  };
}

const run = promisify(execFile);
const outcome = z.object({
  seconds: z.number(),
  firstByte_s: z.number(),
  anonymous_mb: z.number(),
  bytes: z.number(),
});

const definition = JSON.stringify({
  title: { en: 'After your order' },
  questions: ['nps', 'satisfaction', 'effort', 'text'].map((kind) => ({
    id: kind,
    kind,
    text: { en: `What of ${kind}?` },
    isRequired: false,
  })),
  trigger: { kind: 'by_hand' },
});

/** Twenty things said by each customer, spread over two years. */
async function fill(path: string, answers: number): Promise<void> {
  const building = `${path}.building`;
  remove(building);
  const db = openEmbedded(building);
  await migrate(db, Date.now());
  const customers = answers / 20;
  const numbers = (count: number) =>
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`;
  const hex = (table: number, number: string) => `printf('%08x%024x', ${table}, ${number})`;
  const at = (number: string) => `1700000000000 + (${number}) * ${Math.floor(63_072_000_000 / answers)}`;
  const words =
    "'It arrived on time, and the box was whole: number ' || i || '. Thank you, and see you soon.'";
  await db.script(`PRAGMA synchronous = OFF; BEGIN;
    ${numbers(customers)} INSERT INTO customers (id, email, name, created_at)
      SELECT ${hex(1, 'i')}, 'regular' || i || '@post.example', 'Regular ' || i, 0 FROM n;
    ${numbers(customers)} INSERT INTO accounts (id, root_id, kind, name, owner_id, history_seq, ledger_seq, ledger_hash,
        balance_minor, settled_revision, created_at)
      SELECT ${hex(2, 'i')}, ${hex(2, 'i')}, 'personal', '', ${hex(1, 'i')}, 0, 0, '', 0, 0, 0 FROM n;
    ${numbers(answers / 2)} INSERT INTO feedback (id, reference, kind, customer_id, account_id, root_id, order_source,
        order_number, text, language, wants_reply, source, at, actor)
      SELECT ${hex(3, 'i')}, 'R-' || i, CASE i % 3 WHEN 0 THEN 'idea' WHEN 1 THEN 'praise' ELSE 'problem' END,
        ${hex(1, `i % ${customers}`)}, ${hex(2, `i % ${customers}`)}, ${hex(2, `i % ${customers}`)}, 'till', 'A-' || i,
        ${words}, 'en', 1, 'portal', ${at('i * 2')}, 'system:bench' FROM n;
    INSERT INTO surveys (id, name, created_at, created_by) VALUES (${hex(4, '0')}, 'After delivery', 0, 'system:bench');
    INSERT INTO survey_versions (survey_id, version, definition, at, actor)
      VALUES (${hex(4, '0')}, 1, '${definition.replaceAll("'", "''")}', 0, 'system:bench');
    ${numbers(answers / 8)} INSERT INTO survey_invitations (id, survey_id, version, customer_id, root_id, reason, occasion,
        token_hash, is_regular, is_member, at, actor)
      SELECT ${hex(5, 'i')}, ${hex(4, '0')}, 1, ${hex(1, `i % ${customers}`)}, ${hex(2, `i % ${customers}`)}, 'hand',
        'import ' || i, 'hash ' || i, 1, 0, ${at('i * 8')}, 'system:bench' FROM n;
    ${numbers(answers / 2)} INSERT INTO survey_answers (invitation_id, question_id, survey_id, value, text, at)
      SELECT ${hex(5, 'i / 4')}, CASE i % 4 WHEN 0 THEN 'nps' WHEN 1 THEN 'satisfaction' WHEN 2 THEN 'effort' ELSE 'text' END,
        ${hex(4, '0')}, CASE WHEN i % 4 < 3 THEN i % 5 + 1 END, CASE WHEN i % 4 = 3 THEN ${words} END, ${at('i * 2 + 1')}
      FROM n;
    COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE);`);
  db.close();
  remove(path);
  renameSync(building, path);
  remove(building);
}
