import { onOrOff } from '../../ground/settings/policy.ts';

export const voices = onOrOff({ key: 'voices', about: 'whether words of customers are shown in public' });
