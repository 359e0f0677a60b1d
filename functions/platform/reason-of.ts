import { StoreConflict, StoreUnavailable } from '../../db/store.ts';
import { AppError } from './errors.ts';

/** What the log may say of a failure. Drizzle's errors repeat every bound value, so only their cause is named. */
export function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  if (error instanceof StoreConflict || error instanceof StoreUnavailable) return error.message;
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? reasonOf(error.cause) : `${error.name}: ${placeOf(error)}`;
}

/** Where it happened in our code. */
function placeOf(error: Error): string {
  return /(?:functions|db)\/[\w/-]+\.ts:\d+/.exec(error.stack ?? '')?.[0] ?? 'unknown place';
}
