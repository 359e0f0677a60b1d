import { kept, numbersOf, type PersonalData, told } from '../../ground/personal/personal-data.ts';

export const personalData: PersonalData = {
  survey_invitations: numbersOf('customer_id IN $customers'),
  survey_answers: { of: 'invitation_id IN $survey_invitations', columns: { text: told } },
  survey_finishes: {
    of: 'invitation_id IN $survey_invitations',
    columns: { language: kept('A language alone names nobody.') },
  },
};
