import { onOrOff } from '../../ground/settings/policy.ts';

export const locationsShown = onOrOff({
  key: 'locations',
  standard: 'on',
  about: 'whether the page that tells where the business is found is shown',
});
