import { z } from 'zod';
import { channels } from '../../ground/outbox/topics.ts';
import { identifier } from '../../ground/platform/input.ts';
import { groups } from '../../insight/facts/group.ts';
import { levels } from '../../insight/levels/level-counts.ts';
import { STEP_LENGTH_MAX } from '../contacts/schema.ts';

/** What a message is meant for (DOMAIN §6). */
export const purposes = ['service', 'news', 'sales'] as const;

const INTERVAL_DAYS = { from: 1, to: 730 } as const;
const MOST_PER_DAY = { from: 1, to: 500 } as const;

export const planInput = z.strictObject({
  /** Of the plan that is changed; null for a new one. */
  id: z.string().max(64).nullable(),
  what: identifier(STEP_LENGTH_MAX),
  audience: z.enum(groups),
  level: z.enum(levels).nullable(),
  channel: z.enum(channels),
  purpose: z.enum(purposes),
  intervalDays: z.int().min(INTERVAL_DAYS.from).max(INTERVAL_DAYS.to),
  mostPerDay: z.int().min(MOST_PER_DAY.from).max(MOST_PER_DAY.to),
  /** Id or email of who does it; null for the account manager of each. */
  staff: z.string().trim().max(254).nullable(),
});
export type PlanInput = z.input<typeof planInput>;
