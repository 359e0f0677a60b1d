import { z } from 'zod';
import { allowRole } from '../../../ground/platform/allow.ts';
import { dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import { yearOf } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { exactInteger, exactJson } from '../../../ground/platform/exact-json.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { findSettlingProgress, type SettlingProgress } from '../../../money/programme/find-settling.ts';
import { parseProgrammeFile, sameName, samePromise } from '../../../money/rewards/programme.ts';
import type { RuleName } from '../../../money/rewards/rule-name.ts';
import type { Rule } from '../../../money/rewards/types.ts';
import { keptFigure } from '../kept-figures.ts';
import { findProgrammeFile, listProgrammes, sumPaid } from './queries.ts';

/** The programme as those see it who run it; money in minor units of its currency. */
export interface ProgrammeDesk {
  currency: string | null;
  /** The newest version of every rule that runs or will run, in the programme's order. */
  rules: { rule: Rule; version: number; isComing: boolean; paidMinor: bigint }[];
  /** Whose year the sums are of. */
  year: number;
  revisions: Revision[];
  /** While the newest is still brought to accounts. */
  settling: SettlingProgress | null;
}

export interface Revision {
  revision: number;
  setAt: number;
  /** An email of staff, or what else set it. */
  setBy: string;
  posted: { minor: bigint; entries: number; accounts: number };
  changes: { name: RuleName; change: 'added' | 'changed' | 'renamed' | 'ended' }[];
}

const REVISIONS_SHOWN = 30;

/** @throws {AppError} `unauthenticated`, `forbidden` */
export async function getProgrammeDesk(ctx: Context): Promise<ProgrammeDesk> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { programme, currency, timeZone } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  const year = yearOf(today);
  const [rows, paid, settling] = await Promise.all([
    listProgrammes(ctx.db, { limit: REVISIONS_SHOWN + 1 }),
    getPaid(ctx, startOfDay(`${year}-01-01`, timeZone)),
    findSettlingProgress(ctx),
  ]);
  const running = (programme?.versions ?? []).filter(({ until }) => until === null || until > today);
  const newest = [...Map.groupBy(running, ({ rule }) => rule.id).values()].flatMap((own) => own.at(-1) ?? []);
  return {
    currency,
    year,
    settling,
    rules: newest.map(({ rule, version }) => ({
      rule,
      version,
      isComing: rule.from > today,
      paidMinor: paid.get(rule.id) ?? 0n,
    })),
    revisions: rows
      .slice(0, REVISIONS_SHOWN)
      .map((row, index) => toRevision(row, rulesIn(rows[index + 1]?.definition))),
  };
}

/** The file of a programme that was set. @throws {AppError} `not_found`, `forbidden` */
export async function getProgrammeFile(ctx: Context, revision: number): Promise<unknown> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const row = await findProgrammeFile(ctx.db, { revision });
  if (row === null) throw new AppError('not_found', 'There is no such programme.');
  return JSON.parse(row.definition);
}

function toRevision(
  row: Awaited<ReturnType<typeof listProgrammes>>[number],
  before: ReadonlyMap<string, Rule>,
): Revision {
  const { revision, setAt, setBy, email } = row;
  return {
    revision,
    setAt,
    setBy: email ?? setBy,
    posted: { minor: row.postedMinor ?? 0n, entries: row.entries ?? 0, accounts: row.accounts ?? 0 },
    changes: changesOf(before, rulesIn(row.definition)),
  };
}

function changesOf(before: ReadonlyMap<string, Rule>, after: ReadonlyMap<string, Rule>): Revision['changes'] {
  const now = [...after.values()].flatMap((rule): Revision['changes'] => {
    const earlier = before.get(rule.id);
    if (earlier === undefined) return [{ name: rule.name, change: 'added' }];
    if (!samePromise(earlier, rule)) return [{ name: rule.name, change: 'changed' }];
    return sameName(earlier, rule) ? [] : [{ name: rule.name, change: 'renamed' }];
  });
  const gone = [...before.values()].filter(({ id }) => !after.has(id));
  return [...now, ...gone.map(({ name }) => ({ name, change: 'ended' as const }))];
}

function rulesIn(definition: string | undefined): ReadonlyMap<string, Rule> {
  const parsed = definition === undefined ? null : parseProgrammeFile(JSON.parse(definition));
  return new Map(parsed?.ok === true ? parsed.file.rules.map((rule) => [rule.id, rule]) : []);
}

const kept = z.array(z.object({ ruleId: z.string(), minor: exactInteger }));

async function getPaid(ctx: Context, since: number): Promise<ReadonlyMap<string, bigint>> {
  const paid = await keptFigure(ctx, `programme-paid-${since}`, {
    compute: () => sumPaid(ctx.db, { since }),
    write: exactJson,
    read: (text) => kept.parse(JSON.parse(text)),
  });
  return new Map(paid.map(({ ruleId, minor }) => [ruleId, minor]));
}
