import { choiceOf } from '../../ground/settings/policy.ts';

/** Whether staff need a second factor beside their mail; who has set one up always does. */
export const staffFactor = choiceOf({
  key: 'staffFactor',
  needsProof: true,
  choices: ['required', 'optional'],
  standard: 'required',
  about: 'whether staff need a second factor: required or optional',
  isForOwners: true,
});
