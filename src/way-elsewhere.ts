import { seeOther } from './forms.ts';
import type { Speech } from './locale.ts';
import type { Visit } from './visit.ts';

/**
 * Where who asks has to go first: to sign in, or to the last step of joining. Null when they may stay. The path is
 * the page's; `address` is as it was asked for, and comes along.
 */
export function wayElsewhere(
  visit: Visit,
  asked: { path: string; address: string; speech: Speech },
): Response | null {
  const page = pageBefore(visit, roomOf(asked.path));
  if (page === null) return null;
  const next = page === '/join/name' ? '' : `?next=${encodeURIComponent(asked.address)}`;
  return seeOther(asked.speech.to(page) + next);
}

function pageBefore(visit: Visit, room: string | null): string | null {
  if (room === 'account' && visit.joining) return '/join/name';
  if (room === 'account') return visit.customer ? null : '/sign-in';
  if (room !== 'console' || visit.staff) return null;
  return visit.entrant ? '/sign-in/factor' : '/sign-in/staff';
}

/** Whose rooms a page belongs to: the customer's, the staff's, or everybody's. */
export const roomOf = (path: string) => /^\/(account|console)(?:\.|\/|$)/.exec(path)?.[1] ?? null;
