import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import type { FieldError } from '../../ground/platform/errors.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { percentOf } from './margins.ts';
import {
  type MarginChange,
  type MarginsSet,
  marginItem,
  marginKey,
  planMargins,
  readWanted,
  type WantedMargin,
} from './plan-margins.ts';

/** So many are set at once. */
export const MARGINS_AT_ONCE = 500;

const input = z.strictObject({ items: z.array(marginItem).min(1).max(MARGINS_AT_ONCE) });

/** What a write fails by whose margins somebody else told since they were read. */
const CHANGED = 'margins_bps';

/**
 * Tells margins, or by `percent: null` that some are told no longer; those that are not named stay. Each change stands in
 * the log with what was before. Owners, managers, keys of `settings:write`.
 * @throws {AppError} `validation_failed`, `forbidden`, `scope_missing`
 */
export async function setMargins(
  ctx: Context,
  typed: z.input<typeof input>,
  options: Alongside<MarginsSet> = {},
): Promise<MarginsSet> {
  allow(ctx.actor, 'settings:write');
  const items = readItems(parseInput(input, typed).items);
  const contention = { subject: 'list of margins', key: 'margins', conflicts: [CHANGED] };
  return retrying(ctx, contention, async () => {
    const { changes, counts } = await planMargins(ctx, items, 'items');
    await writeDecision(ctx, {
      ...decided(ctx, changes),
      beside: options.alongside?.(counts, 200) ?? [],
    });
    return counts;
  });
}

function readItems(items: readonly z.output<typeof marginItem>[]): WantedMargin[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  const wanted = items.flatMap((item, at) => {
    const read = readWanted(item);
    const wrong = Array.isArray(read) ? [...read] : [];
    if (seen.has(marginKey(item))) wrong.push({ field: 'name', code: 'twice', message: 'is told twice' });
    seen.add(marginKey(item));
    errors.push(...wrong.map(({ field, ...of }) => ({ path: `items.${at}.${field}`, ...of })));
    return Array.isArray(read) ? [] : [read];
  });
  refuseFields(errors);
  return wanted;
}

function decided(ctx: Context, changes: readonly MarginChange[]): Decision {
  const [kept, ended] = [
    changes.filter(({ bps }) => bps !== null),
    changes.filter(({ bps }) => bps === null),
  ];
  return {
    rows: [
      // No margin is so high: it is refused, and only tried where one is other than what was read.
      statement(
        `INSERT INTO margins (kind, name, bps, at, actor)
         SELECT 'rest', '', 10001, ?1, ?2 FROM json_each(?3) AS told
         WHERE told.value ->> 2 IS NOT (SELECT bps FROM margins WHERE kind = told.value ->> 0 AND name = told.value ->> 1)`,
        ...[ctx.now(), actorName(ctx.actor)],
        JSON.stringify(changes.map(({ kind, name, before }) => [kind, name, before])),
      ),
      statement(
        `INSERT INTO margins (kind, name, bps, at, actor)
         SELECT value ->> 0, value ->> 1, value ->> 2, ?1, ?2 FROM json_each(?3) WHERE true
         ON CONFLICT (kind, name) DO UPDATE SET bps = excluded.bps, at = excluded.at, actor = excluded.actor`,
        ...[ctx.now(), actorName(ctx.actor)],
        JSON.stringify(kept.map(({ kind, name, bps }) => [kind, name, bps])),
      ),
      statement(
        `DELETE FROM margins WHERE (kind, name) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))`,
        JSON.stringify(ended.map(({ kind, name }) => [kind, name])),
      ),
    ],
    also: changes.map(({ kind, name, bps, before }) => ({
      audit: {
        kind: bps === null ? 'margin.removed' : 'margin.set',
        subjectKind: 'margin',
        subjectId: name || '–',
        detail: { kind, value: told(bps), before: told(before) },
      },
    })),
  };
}

const told = (bps: number | null) => (bps === null ? '–' : `${percentOf(bps)} %`);
