import type { BackupRow, DrillRow } from './queries.ts';

/** Whether what was restored has all that was counted when the backup was made, and adds up. */
export function isWhole(
  drill: Pick<DrillRow, 'differences' | 'orders' | 'entries'>,
  { orders, entries }: Pick<BackupRow, 'orders' | 'entries'>,
): boolean {
  return drill.differences === 0 && drill.orders === orders && drill.entries === entries;
}
