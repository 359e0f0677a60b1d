import { allow, customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { listOwnFields, listOwnValues } from './list-own-fields.ts';
import type { OwnField } from './own-field.ts';

/** A field with what it holds of somebody; null while it is empty. */
export type FilledField = OwnField & { value: string | null };

/** What the business defined, by key. @throws {AppError} `unauthenticated`, `forbidden` */
export async function getOwnFields(ctx: Context): Promise<OwnField[]> {
  allow(ctx.actor, 'customers:read');
  return listOwnFields(ctx.db);
}

/** What own fields hold of a customer; to analysts nothing. @throws {AppError} `unauthenticated`, `forbidden` */
export async function getOwnFieldsOf(ctx: Context, customerId: string): Promise<FilledField[]> {
  allow(ctx.actor, 'customers:read');
  if (!mayReadPrivate(ctx.actor)) return [];
  return filled(ctx, customerId, () => true);
}

/** What the signed-in customer is shown of themselves. @throws {AppError} `unauthenticated` */
export function getMyOwnFields(ctx: Context): Promise<FilledField[]> {
  return filled(ctx, customerIdOf(ctx), ({ customers }) => customers !== 'nothing');
}

async function filled(
  { db }: Context,
  customerId: string,
  isShown: (field: OwnField) => boolean,
): Promise<FilledField[]> {
  const [fields, values] = await Promise.all([listOwnFields(db), listOwnValues(db, [customerId])]);
  const own = values.get(customerId);
  return fields.filter(isShown).map((field) => ({ ...field, value: own?.get(field.key) ?? null }));
}
