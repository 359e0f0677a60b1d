import { asc, eq, notLike, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { settings as kept, programmes, ruleVersions } from '../../../db/schema/index.ts';
import type { Identity } from '../../ground/identity/identity.ts';
import { cacheSlot } from '../../ground/platform/caches.ts';
import type { Context } from '../../ground/platform/context.ts';
import { assert } from '../../ground/platform/errors.ts';
import { type CompiledProgramme, compileProgramme } from '../rewards/compile.ts';
import { type ProgrammeFile, parseProgrammeFile } from '../rewards/programme.ts';
import type { Programme } from '../rewards/types.ts';
import { identityIn } from './identity.ts';
import { loadOwnTexts, type OwnTexts, textsStamp } from './own-texts.ts';

/** What the business is, and what every decision about money depends on: currency, business time, the programme in force. */
export interface Business {
  identity: Identity;
  /** Null until a setting or the first programme names it. */
  currency: string | null;
  /** UTC until it is set. */
  timeZone: string;
  isTimeZoneSet: boolean;
  /** 0 while no programme was ever set. */
  revision: number;
  programme: Programme | null;
  compiled: CompiledProgramme | null;
  /** Every setting as it is kept; see `policies.ts`. */
  settings: ReadonlyMap<string, string>;
  /** What it says in its own words on pages and in mail. */
  texts: OwnTexts;
}

type Reader = Pick<Context, 'db' | 'cache' | 'defaults'>;

const newest = cacheSlot<Business>();

/** The business as it stands now: one small read that tells whether the kept one is still true. */
export async function getBusiness(ctx: Reader): Promise<Business> {
  const row = await findStamp(ctx.db);
  return businessAt(ctx, row?.stamp ?? '');
}

/**
 * Changes with the business: for reads that would ask for it beside something else. See {@link businessAt}. Pictures never change
 * under their names, and are too large to be read each time.
 */
export const businessStamp = sql<string>`(SELECT coalesce(max(revision), 0) FROM programmes) || ' ' || ${textsStamp} || ' ' ||
  (SELECT json_group_array(json_array(key, value)) FROM settings WHERE key NOT LIKE 'logo/%')`;

/** The identity as this process last knew it: for what has to be said while the database is away. */
export function lastIdentity({ cache, defaults }: Omit<Reader, 'db'>): Identity {
  return newest.last(cache)?.identity ?? defaults;
}

/** The business as it stood when its stamp was read, a moment ago. */
export async function businessAt(ctx: Reader, stamp: string): Promise<Business> {
  const kept = newest.at(ctx.cache, stamp);
  if (kept !== null) return kept;
  const business = await loadBusiness(ctx);
  newest.keep(ctx.cache, { stamp, value: business });
  return business;
}

const findStamp = queryOne((db) => db.select({ stamp: businessStamp }).from(sql`(SELECT 1)`));

const listSettings = query((db) =>
  db.select({ key: kept.key, value: kept.value }).from(kept).where(notLike(kept.key, 'logo/%')),
);

const findProgramme = query((db) =>
  db
    .select({ revision: programmes.revision, definition: programmes.definition })
    .from(programmes)
    .where(eq(programmes.revision, sql`(SELECT max(revision) FROM programmes)`)),
);

/**
 * What a version is called, as JSON: by the last file that it stood in, since a version itself is never edited. The
 * promise of a rule does not change with its name.
 */
const lastName = sql<string | null>`(SELECT json_quote(json_extract(one.value, '$.name'))
  FROM programmes AS file, json_each(file.definition, '$.rules') AS one
  WHERE json_extract(one.value, '$.id') = rule_versions.rule_id AND file.revision < coalesce(
    (SELECT min(following.revision) FROM rule_versions AS following
     WHERE following.rule_id = rule_versions.rule_id AND following.version > rule_versions.version),
    file.revision + 1)
  ORDER BY file.revision DESC LIMIT 1)`;

const listVersions = query((db) =>
  db
    .select({
      version: ruleVersions.version,
      name: lastName,
      definition: ruleVersions.definition,
      until: ruleVersions.until,
    })
    .from(ruleVersions)
    .orderBy(asc(ruleVersions.position), asc(ruleVersions.ruleId), asc(ruleVersions.version)),
);

async function loadBusiness({ db, defaults }: Reader): Promise<Business> {
  const [rows, [latest], versions, texts] = await Promise.all([
    listSettings(db),
    findProgramme(db),
    listVersions(db),
    loadOwnTexts(db),
  ]);
  const settings = new Map(rows.map(({ key, value }) => [key, value]));
  const timeZone = settings.get('timeZone') ?? null;
  const programme = latest === undefined ? null : readProgramme(latest, versions);
  return {
    identity: identityIn(settings, defaults),
    currency: settings.get('currency') ?? null,
    timeZone: timeZone ?? 'UTC',
    isTimeZoneSet: timeZone !== null,
    revision: latest?.revision ?? 0,
    programme,
    compiled: programme === null ? null : compileProgramme(programme),
    settings,
    texts,
  };
}

function readProgramme(
  latest: { revision: number; definition: string },
  versions: readonly { version: number; name: string | null; definition: string; until: string | null }[],
): Programme {
  const file = readStoredFile(JSON.parse(latest.definition));
  return {
    revision: latest.revision,
    currency: file.currency,
    timeZone: file.timeZone,
    debt: file.debt,
    versions: versions.map(({ version, name, definition, until }) => {
      const [rule] = readStoredFile({
        ...JSON.parse(latest.definition),
        rules: [{ ...JSON.parse(definition), ...(name === null ? {} : { name: JSON.parse(name) }) }],
      }).rules;
      assert(rule !== undefined, 'a stored rule version holds one rule');
      return { rule, version, until };
    }),
  };
}

function readStoredFile(json: unknown): ProgrammeFile {
  const parsed = parseProgrammeFile(json);
  assert(parsed.ok, 'a stored programme is valid');
  return parsed.file;
}
