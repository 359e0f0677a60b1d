import { keptFor } from '../../ground/settings/kept-for.ts';
import { onOrOff, wholeNumber } from '../../ground/settings/policy.ts';

/** Business hours within which who wrote to the business is answered. */
export const replyHours = wholeNumber({
  key: 'replyHours',
  from: 1,
  to: 720,
  standard: 16,
  about: 'within how many business hours feedback is answered',
});

export const anonymousFeedback = onOrOff({
  key: 'anonymousFeedback',
  about: 'whether feedback without a name is taken',
});

export const feedbackFileMonths = keptFor({
  key: 'feedbackFileMonths',
  standard: '36',
  about: 'files that came with feedback are',
});
