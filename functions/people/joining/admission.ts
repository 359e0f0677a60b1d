import type { Registration } from './policies.ts';

/** What is known of somebody who proved an email and wants to join. */
export interface Applicant {
  /** Whether orders, an import or an earlier membership know them. */
  isKnown: boolean;
  invitedBy: 'nobody' | 'member' | 'staff';
  /** What became of their request to be let in. */
  request: 'none' | 'waiting' | 'approved' | 'declined';
}

export type Admission = 'welcome' | 'uninvited' | 'asks' | 'waiting' | 'declined';

/**
 * Whether somebody may join under the business's policy. Whoever is known by their orders, and whoever staff invited or
 * approved, may under each; a member's invitation is one where invitations are asked for, not where staff approve.
 */
export function admissionOf(
  registration: Registration,
  { isKnown, invitedBy, request }: Applicant,
): Admission {
  if (registration === 'open' || isKnown || invitedBy === 'staff' || request === 'approved') return 'welcome';
  if (registration === 'invitation') return invitedBy === 'member' ? 'welcome' : 'uninvited';
  if (request === 'none') return 'asks';
  return request;
}
