import { type SQL, sql } from 'drizzle-orm';
import type { ConversationGroup } from '../../insight/facts/group.ts';
import type { OccasionSetting } from './settings.ts';

/** Whether the customers of a group are among those who are wished well. */
export function isFor(audience: OccasionSetting['audience'], group: ConversationGroup): boolean {
  if (audience === 'everybody') return true;
  return group === 'premium' || (audience === 'buyers' && group === 'buyer');
}

/** The same in SQL. */
export const isForSql = (audience: SQL, group: SQL): SQL =>
  sql`(${audience} = 'everybody' OR (${group}) = 'premium' OR (${audience} = 'buyers' AND (${group}) = 'buyer'))`;
