import { onOrOff } from '../../ground/settings/policy.ts';

export const advice = onOrOff({ key: 'advice', about: 'whether articles of advice are shown' });
