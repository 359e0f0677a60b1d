import { z } from 'zod';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { lineOfText } from '../../ground/platform/input.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import { type Margin, type MarginKind, marginKinds, readPercent } from './margins.ts';
import { countOfKind, listNamed } from './queries.ts';

const KEPT_MAX: Record<MarginKind, number> = { product: 10_000, category: 1_000, rest: 1 };
/** So many are kept at most, of all kinds. */
export const MARGINS_KEPT_MAX = Object.values(KEPT_MAX).reduce((sum, max) => sum + max, 0);
const MARGIN_NAME_MAX = 500;

export const marginItem = z.strictObject({
  kind: z.enum(marginKinds),
  name: lineOfText(MARGIN_NAME_MAX).default(''),
  percent: z.string().trim().max(20).nullable(),
});

/** As told, by kind and name; `bps` is null for what is told no longer. */
export type WantedMargin = Omit<Margin, 'bps'> & { bps: number | null };
export type MarginChange = WantedMargin & { before: number | null };

/** How many are other than before, how many are told no longer, and how many are as they were. */
export interface MarginsSet {
  set: number;
  removed: number;
  unchanged: number;
}

export interface MarginsPlan {
  changes: MarginChange[];
  counts: MarginsSet;
}

interface WrongPart {
  field: 'name' | 'percent';
  code: string;
  message: string;
}

/** What an item tells, or what is wrong with it that its schema cannot say. */
export function readWanted({ percent, ...of }: z.output<typeof marginItem>): WantedMargin | WrongPart[] {
  const bps = percent === null ? null : readPercent(percent);
  const wrong: WrongPart[] = [];
  if (percent !== null && bps === null)
    wrong.push({
      ...{ field: 'percent', code: 'invalid_percent' },
      message: 'has to be per cent from -100 to 100, such as 27.5',
    });
  if (of.kind === 'product' && of.name === '')
    wrong.push({ field: 'name', code: 'required', message: 'has to be a SKU or the name of a product' });
  if (of.kind === 'rest' && of.name !== '')
    wrong.push({ field: 'name', code: 'not_empty', message: 'has to be empty: it is of all the rest' });
  return wrong.length > 0 ? wrong : { ...of, bps };
}

export const marginKey = ({ kind, name }: Pick<Margin, 'kind' | 'name'>) => `${kind} ${name}`;

/**
 * What it changes to tell some margins, each named once, as many as there are.
 * @throws {AppError} `validation_failed` (`too_many`, at `path`) where more would be kept than may be, `forbidden`, `scope_missing`
 */
export async function planMargins(
  ctx: Pick<Context, 'actor' | 'db'>,
  items: readonly WantedMargin[],
  path: string,
): Promise<MarginsPlan> {
  allow(ctx.actor, 'settings:write');
  const keptOf = await loadKept(ctx, items);
  const changes = items
    .map((item) => ({ ...item, before: keptOf.get(marginKey(item)) ?? null }))
    .filter(({ bps, before }) => bps !== before);
  await refuseTooMany(ctx, changes, path);
  const removed = changes.filter(({ bps }) => bps === null).length;
  const counts = { set: changes.length - removed, removed, unchanged: items.length - changes.length };
  return { changes, counts };
}

const NAMES_AT_ONCE = 500;

async function loadKept(
  { db }: Pick<Context, 'db'>,
  items: readonly WantedMargin[],
): Promise<Map<string, number>> {
  const keptOf = new Map<string, number>();
  for (let at = 0; at < items.length; at += NAMES_AT_ONCE) {
    const names = JSON.stringify(items.slice(at, at + NAMES_AT_ONCE).map(({ kind, name }) => [kind, name]));
    for (const kept of await listNamed(db.fresh, { names })) keptOf.set(marginKey(kept), kept.bps);
  }
  return keptOf;
}

async function refuseTooMany(
  { db }: Pick<Context, 'db'>,
  changes: readonly MarginChange[],
  path: string,
): Promise<void> {
  for (const kind of marginKinds) {
    const more = changes
      .filter((one) => one.kind === kind)
      .reduce((sum, { bps, before }) => sum + (bps === null ? -1 : before === null ? 1 : 0), 0);
    if (more <= 0) continue;
    const { count } = (await countOfKind(db.fresh, { kind })) ?? { count: 0 };
    if (count + more > KEPT_MAX[kind])
      throw wrongField(path, 'too_many', `may not make more than ${KEPT_MAX[kind]} of the kind ${kind}`);
  }
}
