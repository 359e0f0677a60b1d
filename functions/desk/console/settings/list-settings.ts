import { allowRole } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { currencyExponent, parseDecimal } from '../../../ground/platform/money.ts';
import type { Policy, PolicyForm } from '../../../ground/settings/policy.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { textInForce } from '../../../money/business/policies.ts';
import { type LastAct, listLastActs } from '../last-acts.ts';

/** One thing that the business decides, as its page shows it; texts are as `setPolicies` takes them. */
export interface Setting {
  key: string;
  form: PolicyForm | { kind: 'text' };
  inForce: string;
  standard: string;
  isStandard: boolean;
  /** Whether whoever asks may set it. */
  isTheirs: boolean;
  /** Who set it last; null while nobody has. */
  changed: LastAct | null;
}

/**
 * Everything the business decides, of every room, with the currency that amounts are in; null while none is set.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listSettings(ctx: Context): Promise<{ settings: Setting[]; currency: string | null }> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const { policies } = ctx.house;
  const [business, acts] = await Promise.all([
    getBusiness(ctx),
    listLastActs(ctx.db, {
      kind: 'setting.set',
      subjectKind: 'setting',
      ids: policies.map(({ key }) => key),
    }),
  ]);
  const { currency } = business;
  const isOwner = ctx.actor.kind !== 'staff' || ctx.actor.role === 'owner';
  const settings = policies.map((policy): Setting => {
    const { key, form = { kind: 'text' }, isForOwners = false } = policy;
    const standard = standardText(policy, currency);
    const inForce = textInForce(business, policy);
    return {
      key,
      form,
      inForce,
      standard,
      isStandard: inForce === standard || inForce === String(policy.standard),
      isTheirs: isOwner || !isForOwners,
      changed: acts.get(key) ?? null,
    };
  });
  return { settings, currency };
}

/** An amount that a currency has no decimals for is told without them. */
function standardText({ form, standard }: Policy, currency: string | null): string {
  const text = String(standard);
  const exponent = currency === null ? null : currencyExponent(currency);
  if (form?.kind !== 'amount' || exponent === null || parseDecimal(text, exponent).ok) return text;
  const [whole = text] = text.split('.');
  return whole;
}
