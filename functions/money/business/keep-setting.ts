import { statement } from '../../../db/query.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';

/** Keeps the text of a setting, and in the audit log what was in force before, null for nothing; what is in force already is no news. */
export function keepSetting(
  ctx: Context,
  { key, value, before }: { key: string; value: string; before: string | null },
): Decision {
  const sql = `INSERT INTO settings (key, value, set_at, set_by) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET value = excluded.value, set_at = excluded.set_at, set_by = excluded.set_by
    WHERE value <> excluded.value`;
  return {
    rows: [statement(sql, key, value, ctx.now(), actorName(ctx.actor))],
    ...(value === before
      ? {}
      : {
          audit: { kind: 'setting.set', subjectKind: 'setting', subjectId: key, detail: { value, before } },
        }),
  };
}
