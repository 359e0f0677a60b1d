import { DAY_MS } from '../../../ground/platform/calendar.ts';

/** Whether the command line may still be writing an import: it says so only at its end, and no file takes it a day. */
export function isStillWritten(
  { startedAt, finishedAt }: { startedAt: number; finishedAt: number | null },
  now: number,
): boolean {
  return finishedAt === null && now - startedAt < DAY_MS;
}
