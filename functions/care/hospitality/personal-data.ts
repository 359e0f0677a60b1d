import { ofTeam, type PersonalData, teamsAlone } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  // The register shows what was given and for what purpose, for as long as it is kept.
  hospitality_entries: {
    of: 'customer_id IN $customers',
    columns: { purpose: { masked: "'—'" } },
    team: ofTeam('act_limit_minor', 'year_limit_minor', 'year_before_minor', 'needs_approval'),
  },
  hospitality_decisions: {
    of: 'entry_id IN $hospitality_entries',
    columns: { reason: { masked: "'—'" } },
    team: teamsAlone,
  },
  hospitality_withdrawals: {
    of: 'entry_id IN $hospitality_entries',
    columns: { reason: { masked: "'—'" } },
    team: teamsAlone,
  },
};
