import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { unchanged } from '../../ground/decision/decision.ts';
import { allow, customerIdOf } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError, type FieldError } from '../../ground/platform/errors.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { listOwnFields, listOwnValues } from './list-own-fields.ts';
import { type OwnField, readOwnValue } from './own-field.ts';

const values = z.record(
  z.string().max(100),
  z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]),
);
const input = z.strictObject({ customerId: z.string().max(100), values });

/** Which fields of a customer were set or emptied. */
export interface OwnValuesSet {
  customerId: string;
  keys: string[];
}

/**
 * Keeps what own fields hold of a customer; null and an empty text empty one, and fields that are not named stay.
 * @throws {AppError} `validation_failed` (paths `values.KEY`), `not_found`, `forbidden`
 */
export async function setOwnValues(
  ctx: Context,
  typed: z.input<typeof input>,
  options: Alongside<OwnValuesSet> = {},
): Promise<OwnValuesSet> {
  allow(ctx.actor, 'customers:write');
  return keepValues(ctx, parseInput(input, typed), { isTheirs: () => true, options });
}

/** The same by the signed-in customer, of the fields that are theirs to fill. @throws as {@link setOwnValues} */
export async function setMyOwnValues(
  ctx: Context,
  typed: { values: z.input<typeof values> },
): Promise<OwnValuesSet> {
  const customerId = customerIdOf(ctx);
  const isTheirs = ({ customers }: OwnField) => customers === 'edit';
  return keepValues(ctx, parseInput(input, { customerId, ...typed }), { isTheirs, options: {} });
}

interface Terms {
  isTheirs: (field: OwnField) => boolean;
  options: Alongside<OwnValuesSet>;
}

async function keepValues(
  ctx: Context,
  { customerId, values: told }: z.output<typeof input>,
  { isTheirs, options }: Terms,
): Promise<OwnValuesSet> {
  const [place] = await listPlaces(ctx.db.fresh, customerId);
  if (place === undefined) throw new AppError('not_found', 'There is no such customer.');
  return writeHistory(ctx, place.rootId, async (seen) => {
    const db = seen.db.fresh;
    const [fields, kept] = await Promise.all([listOwnFields(db), listOwnValues(db, [customerId])]);
    const own = kept.get(customerId) ?? new Map<string, string>();
    const changes = readChanges(fields.filter(isTheirs), told).filter(
      ({ field, value }) => (own.get(field.key) ?? null) !== value,
    );
    const keys = changes.map(({ field }) => field.key);
    const result = { customerId, keys };
    const beside = options.alongside?.(result, 201) ?? [];
    if (changes.length === 0 && beside.length === 0) return { ...unchanged, result };
    const by = { at: ctx.now(), actor: actorName(ctx.actor) };
    return {
      history: { kind: 'own_fields_changed', detail: { customerId, fields: keys } },
      rows: changes.map(({ field, value }) => keepOwnValue({ customerId, field, value, ...by })),
      audit:
        ctx.actor.kind === 'customer'
          ? null
          : {
              kind: 'customer.own-fields-changed',
              subjectKind: 'customer',
              subjectId: customerId,
              detail: { fields: keys.join(', ') },
            },
      beside,
      result,
    };
  });
}

interface OwnChange {
  field: OwnField;
  value: string | null;
}

function readChanges(
  fields: readonly OwnField[],
  told: Readonly<Record<string, string | number | boolean | null>>,
): OwnChange[] {
  const errors: FieldError[] = [];
  const changes = Object.entries(told).flatMap(([key, typed]): OwnChange[] => {
    const path = `values.${key}`;
    const field = fields.find((one) => one.key === key);
    if (field === undefined) {
      errors.push({ path, code: 'unknown_key', message: 'is no field that can be filled here' });
      return [];
    }
    const text = typed === null ? '' : String(typed).trim();
    if (text === '') return [{ field, value: null }];
    const read = readOwnValue(field, text);
    if (read.ok) return [{ field, value: read.value }];
    errors.push({ path, code: read.code, message: read.message });
    return [];
  });
  refuseFields(errors);
  return changes;
}

/** The value as its field is defined at this moment: where that was changed meanwhile it is NULL, which its column refuses. */
export function keepOwnValue({
  customerId,
  field: { key, kind, choices },
  value,
  at,
  actor,
}: OwnChange & { customerId: string; at: number; actor: string }): Statement {
  if (value === null)
    return statement('DELETE FROM own_field_values WHERE customer_id = ? AND field_key = ?', customerId, key);
  return statement(
    `INSERT INTO own_field_values (customer_id, field_key, value, at, actor)
     VALUES (?, ?, CASE WHEN EXISTS (SELECT 1 FROM own_fields WHERE key = ? AND kind = ? AND choices = ?) THEN ? END, ?, ?)
     ON CONFLICT (customer_id, field_key) DO UPDATE SET value = excluded.value, at = excluded.at, actor = excluded.actor`,
    customerId,
    key,
    key,
    kind,
    JSON.stringify(choices),
    value,
    at,
    actor,
  );
}
