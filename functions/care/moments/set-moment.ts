import { z } from 'zod';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { allow, allowProven } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { type CareMoment, momentKey } from '../../ground/settings/moment.ts';
import { decidePolicies } from '../../money/business/policies.ts';
import { partOf } from './list-moments.ts';

const input = z.strictObject({
  name: z.string().max(40),
  /** Left out, it stays as it is. */
  isOn: z.boolean().optional(),
  /** What else is decided about it, by the last part of its key; what is left out stays. */
  settings: z.record(z.string().max(40), z.string().max(100)).default({}),
});

/** What was set. */
export interface SetMoment {
  name: string;
}

/**
 * Switches a moment on or off, and sets it; in force from the next run on. What has its cause before it was switched on is not made up
 * for, and what waits when it is switched off is let be.
 * @throws {AppError} `not_found`, `validation_failed` (under the keys of the settings), `forbidden`, `scope_missing`, `proof_needed`
 * where money is given
 */
export async function setMoment(
  ctx: Context,
  typed: z.input<typeof input>,
  { alongside }: Alongside<SetMoment> = {},
): Promise<SetMoment> {
  allow(ctx.actor, 'settings:write');
  const { name, isOn, settings } = parseInput(input, typed);
  const moment = findMoment(ctx, name);
  const known = moment.settings.map(({ key }) => partOf(key));
  const unknown = Object.keys(settings).find((part) => !known.includes(part));
  if (unknown !== undefined) throw wrongField(`settings.${unknown}`, 'unknown', 'is nothing to be set here');
  const wanted = [
    ...(isOn === undefined ? [] : [[moment.isOn.key, isOn ? 'on' : 'off'] as const]),
    ...Object.entries(settings).map(([part, value]) => [momentKey(moment.name, part), value] as const),
  ];
  if (moment.isOn.needsProof && isOn !== false && wanted.length > 0) allowProven(ctx);
  const answer = { name };
  await writeDecision(ctx, {
    ...(await decidePolicies(ctx, wanted)),
    beside: alongside?.(answer, 200) ?? [],
  });
  return answer;
}

/** @throws {AppError} `not_found` */
function findMoment({ house }: Pick<Context, 'house'>, name: string): CareMoment {
  const moment = house.moments.find((one) => one.name === name);
  if (moment === undefined) throw new AppError('not_found', 'There is no such moment.');
  return moment;
}
