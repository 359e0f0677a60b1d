import { blanked, each, emptied, numbersOf, type PersonalData } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  join_invitations: { of: 'email IN $addresses', columns: { email: blanked, language: emptied } },
  join_invitation_ends: numbersOf('invitation_id IN $join_invitations'),
  join_requests: {
    of: 'email IN $addresses',
    columns: { email: { to: "'—' || id" }, ...each(emptied, 'name', 'language', 'referral_code') },
  },
  join_decisions: {
    of: 'request_id IN $join_requests',
    columns: { reason: emptied },
    team: { columns: { reason: "outcome <> 'declined'" } },
  },
  consents: { of: 'customer_id IN $customers', columns: { basis: emptied } },
  profile_answers: { of: 'customer_id IN $customers', columns: { answer: emptied }, isDeleted: true },
};
