import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { statement } from '../../db/query.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { areaKinds } from '../../functions/voice/feedback/areas/area.ts';
import { getAreas } from '../../functions/voice/feedback/areas/get-areas.ts';
import { listCauseNames, listCauses } from '../../functions/voice/feedback/causes/list-causes.ts';
import { ELSEWHERE, type InboxQuery, listInbox } from '../../functions/voice/feedback/list-inbox.ts';
import { tellChanges } from '../../functions/voice/testimonials/changes.ts';
import { measureHold } from './hold.ts';
import { contextOn } from './seed.ts';

const PIECES = Number(process.env.BENCH_FEEDBACK ?? 1_000_000);
const CALLS = 5;
const DAY_MS = 86_400_000;

/** What pages about causes, areas and mentions cost over three years of feedback; each figure is of one call. */
async function measureAreas(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-areas-'));
  const db = openEmbedded(join(folder, 'regulars.db'));
  try {
    await migrate(db, 0);
    await db.script('PRAGMA synchronous = OFF');
    const ctx = contextOn(db);
    await fill(ctx);
    const rows: Record<string, unknown> = { pieces: PIECES };
    for (const by of areaKinds)
      for (const period of ['quarter', 'year'])
        rows[`${by}, ${period}`] = await measureHold(CALLS, () =>
          getAreas(ctx, { by, period, since: '', until: '' }),
        );
    rows.causes = await measureHold(CALLS, () => listCauses(ctx));
    rows['names of causes'] = await measureHold(CALLS, () => listCauseNames(ctx));
    rows['who is to be told'] = await measureHold(CALLS, () => tellChanges(ctx));
    for (const [name, asked] of Object.entries(narrowed))
      rows[`inbox by ${name}`] = await measureHold(CALLS, () => listInbox(ctx, { ...everything, ...asked }));
    console.info(JSON.stringify(rows, null, 2));
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const everything: InboxQuery = {
  ...{ kind: null, state: null, owner: null, isOverdue: false, causeId: null, customerId: null },
  ...{ serverId: null, process: null, product: null, place: null, text: null, page: 1 },
};

const narrowed: Record<string, Partial<InboxQuery>> = {
  place: { place: 'Place 3' },
  elsewhere: { place: ELSEWHERE },
  person: { serverId: 'staff-3' },
  product: { product: 'Product 7' },
  process: { process: 'Process 2' },
};

/** Half of it has a case, most of these a cause; a fifth names who served, a fifth a product, a twentieth was said elsewhere. */
async function fill(ctx: Context): Promise<void> {
  const since = ctx.now() - 3 * 365 * DAY_MS;
  const step = Math.floor((3 * 365 * DAY_MS) / PIECES);
  const numbers = 'WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)';
  await ctx.db.write([
    statement(
      `${numbers} INSERT INTO staff (id, email, role, created_at, name) SELECT 'staff-' || i, i || '@x.example', 'agent', 0, 'Name ' || i FROM n`,
      10n,
    ),
    statement(
      `${numbers} INSERT INTO causes (id, name, opened_at, opened_by, process, convenient_for, closed_at, closed_by, outcome, change_text, published_at)
        SELECT 'cause-' || i, 'Cause ' || i, 0, 'system', 'Process ' || (i % 8), CASE i % 3 WHEN 0 THEN 'us' END,
          CASE WHEN i % 4 = 0 THEN 1 END, CASE WHEN i % 4 = 0 THEN 'system' END, CASE WHEN i % 4 = 0 THEN 'changed' END,
          CASE WHEN i % 4 = 0 THEN '{"en":"x"}' END, CASE WHEN i % 4 = 0 THEN 1 END FROM n`,
      200n,
    ),
    statement(
      `${numbers} INSERT INTO feedback (id, reference, kind, text, wants_reply, source, at, actor, served_by_id, product)
        SELECT printf('%032x', i), 'R' || i, CASE i % 4 WHEN 0 THEN 'praise' WHEN 1 THEN 'complaint' WHEN 2 THEN 'problem' ELSE 'idea' END,
          'Words', i % 2, CASE WHEN i % 20 = 0 THEN 'mention' ELSE 'portal' END, ? + i * ?, 'anonymous',
          CASE WHEN i % 5 = 0 THEN 'staff-' || (i % 10) END, CASE WHEN i % 5 = 1 THEN 'Product ' || (i % 50) END FROM n`,
      ...[BigInt(PIECES), BigInt(since), BigInt(step)],
    ),
    statement(
      `INSERT INTO feedback_mentions (feedback_id, place, rating, said_on)
        SELECT id, 'Place ' || (rowid_of % 5), 1 + rowid_of % 5, '2026-01-01'
        FROM (SELECT id, CAST(substr(reference, 2) AS INTEGER) / 20 AS rowid_of FROM feedback WHERE source = 'mention')`,
    ),
    statement(
      `INSERT INTO cases (feedback_id, opened_at, state, cause_id, changed_at, event_seq)
        SELECT id, at, CASE WHEN at > ? THEN 'open' ELSE 'closed' END,
          CASE WHEN kind = 'complaint' OR kind = 'problem' THEN 'cause-' || (CAST(substr(reference, 2) AS INTEGER) % 200) END, at, 1
        FROM feedback WHERE kind IN ('complaint', 'problem')`,
      BigInt(ctx.now() - 7 * DAY_MS),
    ),
  ]);
}

await measureAreas();
