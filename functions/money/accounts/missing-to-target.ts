import { type SQL, sql } from 'drizzle-orm';
import { dayInSql } from '../../ground/platform/day-sql.ts';
import type { SegmentAsked } from '../../ground/segments/segment-field.ts';
import { getBusiness } from '../business/business.ts';
import type { CompiledRule } from '../rewards/compile.ts';
import { nextTarget } from '../rewards/entitlement.ts';
import { governing } from '../rewards/periods.ts';
import type { Audience, Scheme } from '../rewards/types.ts';
import { spansKnown } from './segment-spans.ts';

/**
 * In SQL, of each root account the least that its spend lacks to a higher target of a rule that runs for it today, in minor units:
 * what `progressOf` says. Accounts that no rule promises more are left out.
 */
export async function missingToTarget(asked: SegmentAsked): Promise<SQL> {
  const { compiled } = await getBusiness(asked.ctx);
  const missing = (compiled?.rules ?? []).flatMap((rule) => missingOf(rule, asked));
  if (missing.length === 0) return sql`SELECT NULL AS root_id, NULL AS value WHERE 0`;
  return sql`SELECT root_id, min(value) AS value FROM (${sql.join(missing, sql` UNION ALL `)})
    WHERE value IS NOT NULL GROUP BY root_id`;
}

function missingOf(rule: CompiledRule, { among, now, today, timeZone }: SegmentAsked): SQL[] {
  const runs = runsOf(rule, today);
  const versions = rule.newestFirst.filter((one) => runs.some(({ version }) => version === one.version));
  if (versions.length === 0) return [];
  const joinedOn = sql.raw(dayInSql('accounts.joined_at', { timeZone, from: '1970-01-01', to: today }));
  const isOfRun = rule.followsMembership ? sql`run.value ->> 0 = substr(${joinedOn}, 6)` : sql`1`;
  const value = versions.map(
    ({ version, rule: { scheme, audience } }) =>
      sql`WHEN ${version} THEN CASE WHEN ${isAmong(audience, now)} THEN ${missingBy(scheme)} END`,
  );
  return [
    sql`SELECT accounts.id AS root_id, CASE run.value ->> 1 ${sql.join(value, sql` `)} END AS value
      FROM (SELECT *, coalesce(min(first_placed_at, signed_up_at), first_placed_at, signed_up_at, ${now}) AS joined_at
        FROM accounts WHERE id = root_id AND withdrawn_at IS NULL AND ${among(sql`id`)}) AS accounts
      JOIN json_each(${JSON.stringify(runs.map(({ day, version, start }) => [day, version, start]))}) AS run ON ${isOfRun}
      LEFT JOIN period_totals AS t ON t.root_id = accounts.id AND t.rule_id = ${rule.id}
        AND t.version = run.value ->> 1 AND t.period_start = run.value ->> 2`,
  ];
}

/** A version of a rule that runs today, and since when its period does. */
interface Run {
  /** Month and day of the joining, where that decides; else empty. */
  day: string;
  version: number;
  start: string;
}

function runsOf(rule: CompiledRule, today: string): Run[] {
  const joined = rule.followsMembership ? everyDay : [today];
  return joined.flatMap((day) => {
    const found = governing(rule, today, day);
    if (found === null) return [];
    return [{ day: day.slice(5), version: found.version.version, start: found.period.start }];
  });
}

/** Of a leap year: a year of membership begins by month and day, whichever year that was. */
const everyDay = Array.from({ length: 366 }, (_, at) =>
  new Date(Date.UTC(2000, 0, 1 + at)).toISOString().slice(0, 10),
);

/** As `isInAudience`, by what an account's row says. */
function isAmong(audience: Audience, now: number): SQL {
  if (audience === 'everyone') return sql`1`;
  if (audience === 'club')
    return sql`EXISTS (SELECT 1 FROM json_each(coalesce(accounts.club_spans, '[]')) AS s
      WHERE s.value ->> 0 <= ${now} AND (s.value ->> 1 IS NULL OR s.value ->> 1 > ${now}))`;
  return sql`EXISTS (SELECT 1 FROM json_each(coalesce(${spansKnown}, '[]')) AS s WHERE s.value ->> 0 = ${audience}
    AND s.value ->> 1 <= ${now} AND (s.value ->> 2 IS NULL OR s.value ->> 2 > ${now}))`;
}

/** From each start of a part of the scheme on the same target is the next. */
function missingBy(scheme: Scheme): SQL {
  const spend = sql`coalesce(t.spend_minor, 0)`;
  if (scheme.kind === 'every') return sql`${scheme.spend} - ${spend} % ${scheme.spend}`;
  const starts =
    scheme.kind === 'steps'
      ? scheme.targets.map((target) => target.spend)
      : scheme.bands.map(({ from }) => from);
  const targets = [0n, ...starts].flatMap((from) => nextTarget(scheme, from)?.spend ?? []);
  if (targets.length === 0) return sql`NULL`;
  const ways = targets.map((target) => sql`WHEN ${spend} < ${target} THEN ${target} - ${spend}`);
  return sql`CASE ${sql.join(ways, sql` `)} END`;
}
