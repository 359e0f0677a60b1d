import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import type { FieldError } from '../../ground/platform/errors.ts';
import { lineOfText } from '../../ground/platform/input.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { type Margin, type MarginKind, marginKinds, percentOf, readPercent } from './margins.ts';
import { countOfKind, listNamed } from './queries.ts';

/** So many are set at once, and kept of a kind. */
export const MARGINS_AT_ONCE = 500;
const KEPT_MAX: Record<MarginKind, number> = { product: 10_000, category: 1_000, rest: 1 };
export const MARGIN_NAME_MAX = 500;

export const marginItem = z.strictObject({
  kind: z.enum(marginKinds),
  name: lineOfText(MARGIN_NAME_MAX).default(''),
  percent: z.string().trim().max(20).nullable(),
});

const input = z.strictObject({ items: z.array(marginItem).min(1).max(MARGINS_AT_ONCE) });

/** How many are other than before, how many are told no longer, and how many are as they were. */
export interface MarginsSet {
  set: number;
  removed: number;
  unchanged: number;
}

/**
 * Tells margins, or by `percent: null` that some are told no longer; those that are not named stay. Each change stands in
 * the log with what was before. Owners, managers, keys of `settings:write`.
 * @throws {AppError} `validation_failed`, `forbidden`, `scope_missing`
 */
export async function setMargins(
  ctx: Context,
  typed: z.input<typeof input>,
  options: Alongside<MarginsSet> & { isDryRun?: boolean } = {},
): Promise<MarginsSet> {
  allow(ctx.actor, 'settings:write');
  const items = readItems(parseInput(input, typed).items);
  const db = ctx.db.fresh;
  const kept = await listNamed(db, { names: JSON.stringify(items.map(({ kind, name }) => [kind, name])) });
  const keptOf = new Map(kept.map(({ kind, name, bps }) => [keyOf({ kind, name }), bps]));
  const changes = items
    .map((item) => ({ ...item, before: keptOf.get(keyOf(item)) ?? null }))
    .filter(({ bps, before }) => bps !== before);
  await refuseTooMany(ctx, changes);
  const removed = changes.filter(({ bps }) => bps === null).length;
  const done = { set: changes.length - removed, removed, unchanged: items.length - changes.length };
  if (options.isDryRun === true) return done;
  await writeDecision(ctx, { ...decided(ctx, changes), beside: options.alongside?.(done, 200) ?? [] });
  return done;
}

/** As told, by kind and name; `bps` is null for what is told no longer. */
type Wanted = Omit<Margin, 'bps'> & { bps: number | null };
type Change = Wanted & { before: number | null };

const keyOf = ({ kind, name }: Pick<Margin, 'kind' | 'name'>) => `${kind} ${name}`;

function readItems(items: readonly z.output<typeof marginItem>[]): Wanted[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  const wanted = items.map(({ percent, ...of }, at) => {
    const wrong = (field: string, code: string, message: string) =>
      errors.push({ path: `items.${at}.${field}`, code, message });
    const bps = percent === null ? null : readPercent(percent);
    if (percent !== null && bps === null)
      wrong('percent', 'invalid_percent', 'has to be per cent from -100 to 100, such as 27.5');
    if (of.kind === 'product' && of.name === '')
      wrong('name', 'required', 'has to be a SKU or the name of a product');
    if (of.kind === 'rest' && of.name !== '')
      wrong('name', 'not_empty', 'has to be empty: it is of all the rest');
    if (seen.has(keyOf(of))) wrong('name', 'twice', 'is told twice');
    seen.add(keyOf(of));
    return { ...of, bps };
  });
  refuseFields(errors);
  return wanted;
}

async function refuseTooMany({ db }: Context, changes: readonly Change[]): Promise<void> {
  for (const kind of marginKinds) {
    const more = changes
      .filter((one) => one.kind === kind)
      .reduce((sum, { bps, before }) => sum + (bps === null ? -1 : before === null ? 1 : 0), 0);
    if (more <= 0) continue;
    const { count } = (await countOfKind(db.fresh, { kind })) ?? { count: 0 };
    if (count + more > KEPT_MAX[kind])
      refuseFields([
        {
          path: 'items',
          code: 'too_many',
          message: `may not make more than ${KEPT_MAX[kind]} of the kind ${kind}`,
        },
      ]);
  }
}

function decided(ctx: Context, changes: readonly Change[]): Decision {
  const [kept, ended] = [
    changes.filter(({ bps }) => bps !== null),
    changes.filter(({ bps }) => bps === null),
  ];
  return {
    rows: [
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
        subjectKind: `margin_${kind}`,
        subjectId: name || '–',
        detail: { value: told(bps), before: told(before) },
      },
    })),
  };
}

const told = (bps: number | null) => (bps === null ? '–' : `${percentOf(bps)} %`);
