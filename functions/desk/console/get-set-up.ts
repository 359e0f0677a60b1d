import { allowRole } from '../../ground/platform/allow.ts';
import type { Config } from '../../ground/platform/config.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { setUpNotice } from './policies.ts';
import { findAnyOrder } from './queries.ts';

/** What a shop needs before its customers come, in the order in which it is asked for. */
export const setUpSteps = ['shop', 'contact', 'money', 'rule', 'sender', 'orders'] as const;
export type SetUpStep = (typeof setUpSteps)[number];

interface SetUp {
  steps: { name: SetUpStep; isDone: boolean }[];
  done: number;
  /** Whether Today says how far it is: something is left to do, and nobody has put the words away. */
  isTold: boolean;
}

/** Which steps of setting up are done: it follows from what is set and recorded. @throws {AppError} `forbidden` */
export async function getSetUp(ctx: Context): Promise<SetUp> {
  allowRole(ctx.actor, ['owner', 'manager']);
  const [business, [order]] = await Promise.all([getBusiness(ctx), findAnyOrder(ctx.db)]);
  const steps = setUpSteps.map((name) => ({
    name,
    isDone: name === 'orders' ? order !== undefined : isSet[name](business, ctx.config),
  }));
  const done = steps.filter(({ isDone }) => isDone).length;
  const isTold = done < steps.length && policyOf(business, setUpNotice) === 'shown';
  return { steps, done, isTold };
}

const isSet: Record<Exclude<SetUpStep, 'orders'>, (business: Business, config: Config) => boolean> = {
  shop: ({ settings }) => settings.has('name'),
  contact: ({ settings }) => settings.has('contactEmail'),
  money: ({ currency, isTimeZoneSet }) => currency !== null && isTimeZoneSet,
  rule: ({ programme }) => programme !== null,
  sender: (_, { mail }) => mail.kind === 'resend',
};
