import {
  blanked,
  each,
  emptied,
  kept,
  nobodys,
  numbersOf,
  ofTeam,
  type PersonalData,
} from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  club_memberships: numbersOf('account_id IN $accounts'),
  club_endings: { of: 'account_id IN $accounts', columns: { reason: kept('One of three words of ours.') } },
  club_invitations: numbersOf('account_id IN $roots AND customer_id IN $customers'),
  club_invitation_answers: numbersOf('invitation_id IN $club_invitations'),
  club_applications: {
    of: 'account_id IN $roots AND customer_id IN $customers',
    columns: { text: blanked },
  },
  club_decisions: {
    of: 'application_id IN $club_applications',
    columns: { reason: emptied },
    team: { columns: { reason: "outcome <> 'declined'" } },
  },
  club_event_answers: numbersOf('customer_id IN $customers'),
  drop_claims: numbersOf('account_id IN $roots AND customer_id IN $customers'),
  drop_grants: numbersOf('claim_id IN $drop_claims'),
  drop_claim_endings: numbersOf('claim_id IN $drop_claims'),
  directory_choices: {
    of: 'customer_id IN $customers',
    columns: { is_shown: { to: '0' }, name: blanked, ...each(emptied, 'company', 'interests') },
  },
  directory_messages: { of: 'from_id IN $customers OR to_id IN $customers', columns: { text: blanked } },
  panel_answers: { of: 'customer_id IN $customers', columns: { comment: { words: 'NULL' } } },
  promise_tellings: { of: 'account_id IN $accounts', columns: { note: emptied } },
  promise_telling_withdrawals: {
    of: 'telling_id IN $promise_tellings',
    columns: { reason: blanked },
    team: ofTeam('reason'),
  },
  promise_amends: numbersOf('account_id IN $accounts'),
  promise_decisions: nobodys('About a promise to everybody.', 'note'),
};
