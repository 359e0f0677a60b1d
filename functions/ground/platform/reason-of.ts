import { StoreConflict, StoreUnavailable } from '../../../db/store.ts';
import { AppError } from './errors.ts';

/** A failure whose message holds no data, so that the log and Today may repeat it. */
export class SaidFailure extends Error {}

/** What the log may say of a failure. Drizzle's errors repeat every bound value, so only their cause is named. */
export function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  if (error instanceof SaidFailure) return error.message;
  if (error instanceof StoreConflict || error instanceof StoreUnavailable) return error.message;
  if (!(error instanceof Error)) return 'unknown';
  return error.cause instanceof Error ? reasonOf(error.cause) : `${error.name}: ${placeOf(error)}`;
}

/** Where it happened in our code. Its message stands above the frames, and may repeat what somebody sent. */
function placeOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return frames.map(placeIn).find((place) => place !== null) ?? 'unknown place';
}

/** `functions/money/orders/order.ts:12` of a frame that lies in our code. */
function placeIn(frame: string): string | null {
  const address = frame.split(/[\s()]/).findLast((part) => part.includes('.ts:')) ?? '';
  const parts = address.split('/');
  const root = parts.findLastIndex((part) => part === 'functions' || part === 'db');
  return root < 0 ? null : (/^[\w/-]+\.ts:\d+/.exec(parts.slice(root).join('/'))?.[0] ?? null);
}
