import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';

/** How long a session lasts without being used, and at all. */
export const sessionTerms = {
  customer: { idle_ms: 30 * DAY_MS, absolute_ms: 180 * DAY_MS },
  /** Time to say one's name after the email is proven. */
  joining: { idle_ms: HOUR_MS, absolute_ms: HOUR_MS },
  staff: { idle_ms: 12 * HOUR_MS, absolute_ms: 7 * DAY_MS },
} as const;

export type SessionKind = keyof typeof sessionTerms;

/** How often it is written down at most that a session is in use. */
export const SEEN_EVERY_MS = HOUR_MS;

export function isAlive(
  session: { kind: SessionKind; lastSeenAt: number; expiresAt: number },
  now: number,
): boolean {
  return session.expiresAt > now && session.lastSeenAt + sessionTerms[session.kind].idle_ms > now;
}
