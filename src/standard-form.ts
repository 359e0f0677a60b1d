import { standardChannels, standardKinds } from '../db/kinds.ts';
import type { SetStandardInput } from '../functions/care/standards/schema.ts';
import { setStandard } from '../functions/care/standards/set-standard.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { groups } from '../functions/insight/facts/group.ts';
import { levels } from '../functions/insight/levels/level-counts.ts';
import { attempt } from './attempt.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { type FormError, fieldErrors } from './words/field-errors.ts';

/** Sets the standard of a form, or takes it back; what is wrong with it, empty when it is done. */
export async function postStandard(
  ctx: Context,
  t: Messages,
  fields: ReadonlyMap<string, string>,
): Promise<FormError[]> {
  const done = await attempt(setStandard(ctx, standardOf(fields)), { validation_failed: null });
  if (done.ok) return [];
  return fieldErrors(t, done.errors, {
    hours: { field: 'hours', label: t.std_hours_field(), rule: t.std_rule_hours() },
    channel: { field: 'channel', label: t.std_channel(), rule: t.std_rule_channel() },
  });
}

/** A number that is none is 0, which the operation refuses. */
function standardOf(fields: ReadonlyMap<string, string>): SetStandardInput {
  const value = (name: string) => fields.get(name) ?? '';
  const hours = /^\d{1,3}$/.test(value('hours')) ? Number(value('hours')) : 0;
  return {
    kind: oneOf(value('kind'), standardKinds) ?? 'complaint',
    audience: oneOf(value('audience'), groups),
    level: oneOf(value('level'), levels),
    channel: oneOf(value('channel'), standardChannels),
    hours: fields.get('do') === 'end' ? null : hours,
  };
}
