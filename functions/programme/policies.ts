import { z } from 'zod';
import { statement } from '../../db/query.ts';
import { recordAct } from '../audit/record-act.ts';
import { allowRole } from '../platform/allow.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { type Business, getBusiness } from './business.ts';

/** One thing the business decides for itself, kept in `settings` as text. */
interface Policy<Value> {
  /** Reads the kept text. */
  schema: z.ZodType<Value>;
  /** In force until something else is set. */
  standard: Value;
  /** What values there are, in words for the command line. */
  about: string;
}

/** Everything a business decides beside its programme; rooms read theirs by {@link policyOf}. */
export interface PolicyValues {
  registration: 'open' | 'invitation' | 'approval';
}
export type PolicyKey = keyof PolicyValues;

export const policies: { [Key in PolicyKey]: Policy<PolicyValues[Key]> } = {
  registration: {
    schema: z.enum(['open', 'invitation', 'approval']),
    standard: 'open',
    about: 'who may join: open, invitation or approval',
  },
};

export const policyKeys = Object.keys(policies).filter((key): key is PolicyKey => key in policies);

/** What is in force for a key. */
export function policyOf<Key extends PolicyKey>(business: Business, key: Key): PolicyValues[Key] {
  const policy = policies[key];
  const kept = business.settings.get(key);
  return kept === undefined ? policy.standard : policy.schema.parse(kept);
}

/** All keys with the text of what is in force. */
export async function showPolicies(ctx: Context): Promise<[key: PolicyKey, value: string][]> {
  const business = await getBusiness(ctx);
  return policyKeys.map((key) => [key, String(policyOf(business, key))]);
}

/**
 * Sets what the business decides; in force from the next request on.
 * @throws {AppError} `forbidden`, `validation_failed`
 */
export async function setPolicy(ctx: Context, key: PolicyKey, value: string): Promise<void> {
  allowRole(ctx.actor, ['owner', 'manager']);
  if (!policies[key].schema.safeParse(value).success) {
    const message = `has to be ${policies[key].about.replace(/^.*: /, '')}`;
    throw new AppError('validation_failed', `${key} ${message}.`, {
      errors: [{ path: key, code: 'invalid_value', message }],
    });
  }
  await ctx.db.write([
    statement(
      `INSERT INTO settings (key, value, set_at, set_by) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value, set_at = excluded.set_at, set_by = excluded.set_by`,
      key,
      value,
      ctx.now(),
      actorName(ctx.actor),
    ),
    recordAct(ctx, { act: 'setting.set', subjectKind: 'setting', subjectId: key, detail: { value } }),
  ]);
}
