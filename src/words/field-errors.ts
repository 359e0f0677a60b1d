import type { FieldError } from '../../functions/platform/errors.ts';
import type { Messages } from '../locale.ts';

/** All that is wrong with a form, once for each field, named by its label; by the first part of the input's path. */
export function fieldErrors(
  t: Messages,
  errors: readonly FieldError[],
  fieldOf: Readonly<Record<string, readonly [field: string, label: string]>>,
): { field: string; text: string }[] {
  const [first] = Object.values(fieldOf);
  const named = errors.flatMap(({ path }) => [fieldOf[path.split('.')[0] ?? ''] ?? first ?? []]);
  const texts = new Map(named.flatMap(([field, label]) => (field && label ? [[field, label] as const] : [])));
  return [...texts].map(([field, label]) => ({ field, text: t.form_field_wrong({ field: label }) }));
}
