import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { changesOf } from '../../ground/audit/changes.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allowRole } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { identifier, lineOfText } from '../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { countOwnValues, listOwnFields } from './list-own-fields.ts';
import './own-field-uses.ts';
import { customerUses, type OwnField, ownFieldKinds } from './own-field.ts';

const FIELDS_MAX = 50;
const CHOICES_MAX = 50;

const input = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, { abort: true }),
  kind: z.enum(ownFieldKinds),
  names: z.record(z.string(), lineOfText(60)),
  choices: z.array(identifier(100)).max(CHOICES_MAX).default([]),
  customers: z.enum(customerUses).default('nothing'),
});
export type OwnFieldInput = z.input<typeof input>;

/**
 * Defines a field, or changes one of that key. Its kind stays, and a choice that somebody has stays, as long as anything is
 * kept in it. Owners and managers.
 * @throws {AppError} `validation_failed`, `own_field_in_use`, `own_field_asked` by a segment, `forbidden`
 */
export async function defineOwnField(ctx: Context, typed: OwnFieldInput): Promise<OwnField> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const read = parseInput(input, typed);
  const { identity } = await getBusiness(ctx);
  const names = Object.fromEntries(Object.entries(read.names).filter(([, name]) => name !== ''));
  if (names[identity.languages[0]] === undefined) throw wrongField('names', 'required', 'needs a name');
  const field: OwnField = { ...read, names, choices: read.kind === 'choice' ? read.choices : [] };
  if (field.kind === 'choice' && !areChoices(field.choices))
    throw wrongField('choices', 'invalid_choice', 'needs two at least, and each once');
  return retrying(ctx, { subject: 'own field' }, async () => {
    const before = await assertChangeable(ctx, field);
    await writeDecision(ctx, {
      rows: [keepField(ctx, field)],
      audit: {
        kind: 'own-field.defined',
        subjectKind: 'own_field',
        subjectId: field.key,
        detail: changesOf(before === null ? null : told(before), told(field)),
      },
    });
    return field;
  });
}

/** For the log. */
const told = ({ kind, names, choices, customers }: OwnField) => ({
  ...{ kind, customers, names: Object.values(names).join(' / ') },
  choices: choices.length === 0 ? null : choices.join(', '),
});

const areChoices = (choices: readonly string[]) =>
  choices.length >= 2 && new Set(choices.map((choice) => choice.toLowerCase())).size === choices.length;

/** @returns what it was before; null for a new one */
async function assertChangeable(ctx: Context, field: OwnField): Promise<OwnField | null> {
  const db = ctx.db.fresh;
  const fields = await listOwnFields(db);
  const kept = fields.find(({ key }) => key === field.key);
  if (kept === undefined) {
    if (fields.length >= FIELDS_MAX)
      throw wrongField('key', 'too_many', `has ${FIELDS_MAX} others beside it`);
    return null;
  }
  const isInUse =
    (kept.kind !== field.kind && (await countOwnValues(db, field.key)) > 0) ||
    (await hasOtherValues(db, field));
  if (isInUse) throw new AppError('own_field_in_use', 'Something is kept in this field that would not fit.');
  const left = kept.choices.filter((choice) => !field.choices.includes(choice));
  await assertUnused(ctx, field.key, kept.kind === field.kind ? left : null);
  return kept;
}

/** Nobody asks by a field, or by some choices of it. @throws {AppError} `own_field_asked` */
async function assertUnused(ctx: Context, key: string, choices: readonly string[] | null): Promise<void> {
  const uses = (await Promise.all(ctx.house.ownFieldUses.map((usesOf) => usesOf(ctx, key)))).flat();
  const use = uses.find(
    ({ values }) => choices === null || choices.some((choice) => values.includes(choice)),
  );
  if (use !== undefined) throw new AppError('own_field_asked', `The segment ${use.segmentId} asks by it.`);
}

async function hasOtherValues(db: Store, { key, kind, choices }: OwnField): Promise<boolean> {
  if (kind !== 'choice') return false;
  const rows = await db.read(
    statement(
      `SELECT 1 FROM own_field_values WHERE field_key = ? AND value NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
      key,
      JSON.stringify(choices),
    ),
  );
  return rows.length > 0;
}

/** What somebody kept meanwhile and would not fit makes its kind or choices NULL, which their columns refuse. */
function keepField(ctx: Context, { key, kind, names, choices, customers }: OwnField) {
  return statement(
    `INSERT INTO own_fields (key, kind, names, choices, customers, at, actor) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET names = excluded.names, customers = excluded.customers, at = excluded.at,
       actor = excluded.actor,
       kind = CASE WHEN kind = excluded.kind OR NOT EXISTS (SELECT 1 FROM own_field_values WHERE field_key = own_fields.key)
         THEN excluded.kind END,
       choices = CASE WHEN excluded.kind <> 'choice' OR NOT EXISTS (SELECT 1 FROM own_field_values
         WHERE field_key = own_fields.key AND value NOT IN (SELECT value FROM json_each(excluded.choices)))
         THEN excluded.choices END`,
    key,
    kind,
    JSON.stringify(names),
    JSON.stringify(choices),
    customers,
    ctx.now(),
    actorName(ctx.actor),
  );
}

const removal = z.strictObject({ key: z.string().max(100), isConfirmed: z.boolean().default(false) });

/**
 * Removes a field with everything that is kept in it; where anything is, only once that was confirmed. Owners and managers.
 * @returns of how many customers something was kept
 * @throws {AppError} `not_found`, `own_field_asked` while a segment asks by it, `own_field_in_use` until it is confirmed, `forbidden`
 */
export async function removeOwnField(ctx: Context, typed: z.input<typeof removal>): Promise<number> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { key, isConfirmed } = parseInput(removal, typed);
  const fields = await listOwnFields(ctx.db.fresh);
  if (!fields.some((field) => field.key === key)) throw new AppError('not_found', 'There is no such field.');
  await assertUnused(ctx, key, null);
  const values = await countOwnValues(ctx.db.fresh, key);
  if (values > 0 && !isConfirmed)
    throw new AppError('own_field_in_use', `Something is kept in it of ${values} customers.`);
  await writeDecision(ctx, {
    rows: [
      statement('DELETE FROM own_field_values WHERE field_key = ?', key),
      statement('DELETE FROM own_fields WHERE key = ?', key),
    ],
    audit: { kind: 'own-field.removed', subjectKind: 'own_field', subjectId: key, detail: { rows: values } },
  });
  return values;
}
